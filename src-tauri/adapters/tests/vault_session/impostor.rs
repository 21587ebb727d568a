//! A program that holds the vault's name on the bus and is none.

use std::thread;

use zbus::{
    blocking::{Connection, MessageIterator},
    message::Type,
};

pub struct Impostor(Connection);

impl Impostor {
    /// It takes every question and never answers.
    pub fn silent() -> Self {
        let bus = Connection::session().expect("a bus");
        bus.request_name("org.freedesktop.secrets")
            .expect("the name is free");
        Self(bus)
    }

    /// It answers every question with this error.
    pub fn saying(error: &'static str) -> Self {
        let impostor = Self::silent();
        let bus = impostor.0.clone();
        // Heard from now on, whenever the thread comes to it.
        let heard = MessageIterator::from(bus.clone());
        thread::spawn(move || {
            for message in heard.map_while(Result::ok) {
                let header = message.header();
                if header.message_type() == Type::MethodCall {
                    let _ = bus.reply_error(&header, error, &"a test wants it so");
                }
            }
        });
        impostor
    }

    /// It stays, deaf as before, and lets another have the name.
    pub fn give_way(&self) {
        self.0.release_name("org.freedesktop.secrets").expect("released");
    }
}

impl Drop for Impostor {
    fn drop(&mut self) {
        let _ = self.0.clone().close();
    }
}
