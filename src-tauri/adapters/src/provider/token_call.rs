//! A request to the token endpoint, as the `oauth2` crate words it and `Http` carries it.

use std::pin::Pin;

use evergrant_domain::{Client, Fault};
use http::Response;
use oauth2::{
    AsyncHttpClient, ClientId, ClientSecret, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse,
    RequestTokenError, StandardRevocableToken, TokenUrl,
    basic::{BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse},
};

use super::{Endpoint, Failure, Http, classify, discovery::Listening, token_answer::TokenAnswer};

type TokenClient = oauth2::Client<
    BasicErrorResponse,
    TokenAnswer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// The client as the `oauth2` crate knows it.
pub(super) fn token_client(client: &Client, listening: &Listening) -> TokenClient {
    let ours = oauth2::Client::new(ClientId::new(client.id.clone()))
        .set_token_uri(TokenUrl::from_url(listening.token.url().clone()))
        .set_auth_type(listening.client_auth.into());
    match &client.secret {
        Some(secret) => ours.set_client_secret(ClientSecret::new(secret.expose().to_owned())),
        None => ours,
    }
}

/// The way to the token endpoint.
///
/// A success goes back to the `oauth2` crate; every refusal stops here and is classified once. The
/// answer's content type is not passed on: a right answer under a wrong name is still right, and it
/// may hold the only refresh token there is.
pub(super) struct Line<'a> {
    pub http: &'a Http,
    pub endpoint: Endpoint,
}

impl<'c> AsyncHttpClient<'c> for Line<'_> {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Failure>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let mut answer = self.http.call(self.endpoint, request, Http::LONGEST).await?;
            Ok(Response::new(std::mem::take(&mut *answer.body)))
        })
    }
}

impl Line<'_> {
    /// Says why a request failed.
    pub fn fault(&self, error: &RequestTokenError<Failure, BasicErrorResponse>) -> Fault {
        match error {
            RequestTokenError::Request(failure) => classify(self.endpoint, failure),
            _ => classify(self.endpoint, &Failure::Unreadable),
        }
    }
}
