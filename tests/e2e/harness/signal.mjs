// Signals, each to one process or group by its number. To the system 0 means "this whole run", and -1 "everything".

/** Sends the signal `name`; a process that has ended needs none. */
export function signal(pid, name) {
  send(one(pid), name);
}

/** Sends it to all of the group that `leader` began. */
export function signalGroup(leader, name) {
  send(-one(leader), name);
}

/** Whether it has not ended yet. */
export function lives(pid) {
  try {
    process.kill(one(pid), 0);
    return true;
  } catch (error) {
    if (error.code === "ESRCH") return false;
    throw error;
  }
}

function one(pid) {
  if (!Number.isInteger(pid) || pid < 2) throw new RangeError(`${pid} is no process of a test`);
  return pid;
}

function send(target, name) {
  try {
    process.kill(target, name);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}
