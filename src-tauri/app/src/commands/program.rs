use evergrant_agent::interface::{
    Decision, FaultView, Lasting, LogView, ProgramRequest, QuestionView, Reply, Request,
};

use crate::desk::Desk;

/// What the person is asked now. The only command, beside `answer`, of the window that asks.
#[tauri::command]
#[specta::specta]
pub async fn question(desk: Desk) -> Option<QuestionView> {
    desk.agent.snapshot().await.question
}

#[tauri::command]
#[specta::specta]
pub async fn answer(desk: Desk, question: u32, decision: Decision) -> Result<(), FaultView> {
    ask(&desk, ProgramRequest::Answer { question, decision }).await?;
    desk.asking.answered(question);
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub async fn change_grant(
    desk: Desk,
    grant: String,
    scopes: Vec<String>,
    lasting: Option<Lasting>,
) -> Result<(), FaultView> {
    let change = ProgramRequest::Change {
        grant,
        scopes,
        lasting,
    };
    ask(&desk, change).await
}

#[tauri::command]
#[specta::specta]
pub async fn end_grant(desk: Desk, grant: String) -> Result<(), FaultView> {
    ask(&desk, ProgramRequest::End { grant }).await
}

#[tauri::command]
#[specta::specta]
pub async fn forget_program(desk: Desk, program: String) -> Result<(), FaultView> {
    ask(&desk, ProgramRequest::Forget { program }).await
}

#[tauri::command]
#[specta::specta]
pub async fn end_all_grants(desk: Desk) -> Result<(), FaultView> {
    ask(&desk, ProgramRequest::EndAll).await
}

/// Thinks again: what was ended last is as it was.
#[tauri::command]
#[specta::specta]
pub async fn give_back(desk: Desk) -> Result<(), FaultView> {
    ask(&desk, ProgramRequest::GiveBack).await
}

#[tauri::command]
#[specta::specta]
pub async fn pause_programs(desk: Desk, paused: bool) -> Result<(), FaultView> {
    ask(&desk, ProgramRequest::Pause(paused)).await
}

/// What was answered to programs: newest first, a page at a time.
#[tauri::command]
#[specta::specta]
pub async fn program_log(desk: Desk, search: String, before: Option<u32>) -> Result<LogView, FaultView> {
    let asked = Request::Programs(ProgramRequest::Log { search, before });
    match desk.agent.ask(asked).await? {
        Reply::Log(log) => Ok(log),
        _ => Ok(LogView::default()),
    }
}

async fn ask(desk: &Desk, request: ProgramRequest) -> Result<(), FaultView> {
    desk.ask(Request::Programs(request)).await
}
