//! A site with a certificate of its own making.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;

const DAY: u64 = 24 * 60 * 60;

/// Who issues certificates.
pub struct Authority {
    certificate: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    pub fn named(name: &str, organisation: &str) -> Self {
        let mut parameters = CertificateParams::default();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        parameters.distinguished_name.push(DnType::CommonName, name);
        parameters
            .distinguished_name
            .push(DnType::OrganizationName, organisation);
        let key = KeyPair::generate().expect("a key");
        let certificate = parameters.self_signed(&key).expect("signed").der().clone();
        Self {
            certificate,
            issuer: Issuer::new(parameters, key),
        }
    }

    pub fn certificate(&self) -> CertificateDer<'static> {
        self.certificate.clone()
    }
}

/// When a certificate is good, in days from now.
#[derive(Clone, Copy)]
pub struct Days {
    pub from: i64,
    pub until: i64,
}

pub const NOW: Days = Days { from: -1, until: 90 };

/// Serves one page to everybody over TLS, until it is dropped.
pub struct Site {
    pub name: &'static str,
    pub at: SocketAddr,
    heard: Arc<Mutex<Vec<String>>>,
    serving: JoinHandle<()>,
}

impl Site {
    pub async fn start(name: &'static str, issued_by: &Authority, good: Days) -> Self {
        Self::saying(name, issued_by, good, 0).await
    }

    /// `clock`: what it says of the time, in days from now.
    pub async fn saying(name: &'static str, issued_by: &Authority, good: Days, clock: i64) -> Self {
        let tls = TlsAcceptor::from(Arc::new(config(name, issued_by, good)));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let at = listener.local_addr().expect("an address");
        let heard = Arc::<Mutex<Vec<String>>>::default();
        let noted = Arc::clone(&heard);
        let date = httpdate::fmt_http_date(day(clock));
        let answer = format!("HTTP/1.1 200 OK\r\ndate: {date}\r\ncontent-length: 2\r\n\r\n{{}}");
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(mut stream) = tls.accept(stream).await else {
                    continue;
                };
                let request = request(&mut stream).await;
                noted.lock().expect("not poisoned").push(request);
                let _ = stream.write_all(answer.as_bytes()).await;
                let _ = stream.shutdown().await;
            }
        });
        Self {
            name,
            at,
            heard,
            serving,
        }
    }

    pub fn address(&self) -> String {
        format!("https://{}:{}/token", self.name, self.at.port())
    }

    /// The requests so far, word for word.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("not poisoned").clone()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn config(name: &str, issued_by: &Authority, good: Days) -> ServerConfig {
    let mut parameters = CertificateParams::new([name.to_owned()]).expect("a name");
    parameters.not_before = day(good.from).into();
    parameters.not_after = day(good.until).into();
    let key = KeyPair::generate().expect("a key");
    let signed = parameters.signed_by(&key, &issued_by.issuer).expect("signed");
    let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    ServerConfig::builder_with_provider(super::super::trust::cryptography())
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![signed.der().clone()], private)
        .expect("a certificate and its key")
}

fn day(offset: i64) -> SystemTime {
    let span = Duration::from_secs(offset.unsigned_abs() * DAY);
    let now = SystemTime::now();
    if offset < 0 { now - span } else { now + span }
}

/// The head of a request, and its body where there is one.
async fn request(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4_096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        match stream.read(&mut chunk).await {
            Ok(read) if read > 0 => bytes.extend_from_slice(&chunk[..read]),
            _ => return text,
        }
    }
}
