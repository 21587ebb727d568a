//! The listener and its connections: one task owns them all and drops them all.

pub use crate::socket::Cut;
use crate::{endpoints, persist::Saver, socket::Socket, world::Shared};
use axum::{body::Body, response::Response};
use hyper::{Request, body::Incoming, server::conn::http1, service::Service as _, service::service_fn};
use hyper_util::{rt::TokioIo, rt::TokioTimer, service::TowerToHyperService};
use std::io;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinSet,
};

/// Marks a response that must never be sent: the connection is dropped in its place.
#[derive(Debug, Clone, Copy)]
pub struct Lost;

impl Lost {
    pub fn response() -> Response {
        let mut response = Response::new(Body::empty());
        response.extensions_mut().insert(Self);
        response
    }
}

/// Serves until told to stop, or until this future is dropped.
pub async fn serve(listener: TcpListener, world: Shared, saver: Option<Saver>, stop: oneshot::Receiver<()>) {
    let mut tasks = JoinSet::new();
    if let Some(saver) = saver.clone() {
        tasks.spawn(async move { saver.save_changes().await });
    }
    let routes = endpoints::routes(world);
    let mut stop = stop;
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    tasks.spawn(serve_connection(stream, routes.clone()));
                }
            }
            Some(_) = tasks.join_next() => {}
            _ = &mut stop => break,
        }
    }
    tasks.shutdown().await;
    if let Some(saver) = saver {
        saver.save().await;
    }
}

async fn serve_connection(stream: TcpStream, routes: axum::Router) {
    let cut = Cut::default();
    let routes = TowerToHyperService::new(routes);
    let socket = TokioIo::new(Socket::new(stream, cut.clone()));
    let answer = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(cut.clone());
        let answer = routes.call(request);
        async move {
            let response = answer.await.map_err(io::Error::other)?;
            if response.extensions().get::<Lost>().is_some() {
                return Err(io::Error::from(io::ErrorKind::ConnectionAborted));
            }
            Ok(response)
        }
    });
    // A client that goes away in the middle is no news here.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(socket, answer)
        .await;
}
