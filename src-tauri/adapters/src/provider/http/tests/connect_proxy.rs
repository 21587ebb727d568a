//! A small CONNECT proxy (RFC 9110 9.3.6).

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// How it treats its callers.
#[derive(Clone, Copy)]
pub enum Manner {
    /// Leads everybody to this place, whatever they ask for.
    Leads(SocketAddr),
    Refuses,
    /// Leads there whoever shows `word` as the password of `name`.
    AsksFirst(SocketAddr),
    HangsUp,
}

/// `name:word` in Base64.
const PASSWORD: &str = "proxy-authorization: basic bmftztp3b3jk";

pub struct ConnectProxy {
    pub at: SocketAddr,
    heard: Arc<Mutex<Vec<String>>>,
    serving: JoinHandle<()>,
}

impl ConnectProxy {
    pub async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let at = listener.local_addr().expect("an address");
        let heard = Arc::<Mutex<Vec<String>>>::default();
        let noted = Arc::clone(&heard);
        let serving = tokio::spawn(async move {
            while let Ok((mut caller, _)) = listener.accept().await {
                let asked = head(&mut caller).await;
                noted.lock().expect("not poisoned").push(asked.clone());
                let knows = asked.to_lowercase().contains(PASSWORD);
                match manner {
                    Manner::Leads(there) => lead(caller, there).await,
                    Manner::AsksFirst(there) if knows => lead(caller, there).await,
                    Manner::AsksFirst(_) => refuse(caller, "407 Proxy Authentication Required").await,
                    Manner::Refuses => refuse(caller, "403 Forbidden").await,
                    Manner::HangsUp => drop(caller),
                }
            }
        });
        Self { at, heard, serving }
    }

    pub fn address(&self) -> String {
        format!("http://{}", self.at)
    }

    /// What its callers asked it for.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("not poisoned").clone()
    }
}

impl Drop for ConnectProxy {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn head(caller: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        match caller.read_u8().await {
            Ok(byte) => bytes.push(byte),
            Err(_) => break,
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn lead(mut caller: TcpStream, there: SocketAddr) {
    let mut there = TcpStream::connect(there).await.expect("the site");
    let _ = caller
        .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
        .await;
    let _ = copy_bidirectional(&mut caller, &mut there).await;
}

async fn refuse(mut caller: TcpStream, status: &str) {
    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
    let _ = caller.write_all(answer.as_bytes()).await;
    let _ = caller.shutdown().await;
}
