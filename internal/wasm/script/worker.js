// The worker in which one file after another is checked. The page and the worker say to each other:
//
//   page    {do: "load", url, size}                     size in bytes as sent; or {do: "load", module}, after a worker was ended
//   worker  {is: "loading", done, size}, then {is: "ready", module}
//   page    {do: "check", id, file, request}            request as browser.Request has it
//   worker  {is: "progress", id, done, size}, then
//           {is: "answer", id, answer, report, page}    answer as browser.Answer has it; report, and the page to show, are Blobs or null
//           {is: "failed", id, why, says}               why: load, file, memory or fault
//
// To stop a check the page ends the worker: the program has one thread and hears nothing while it works, and its memory goes with it.
"use strict";

const types = { html: "text/html", csv: "text/csv", jsonl: "application/jsonl",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", marked: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" };

let program;

async function load(message) {
  if (message.module) {
    program = message.module;
  } else {
    const answer = await fetch(message.url, { credentials: "omit" });
    if (!answer.ok) throw new Error("the server answered " + answer.status);
    let done = 0;
    const progress = seldom(() => postMessage({ is: "loading", done, size: message.size }));
    const counted = answer.body.pipeThrough(new TransformStream({ transform(piece, to) { done += piece.length; progress(); to.enqueue(piece); } }));
    const plain = counted.pipeThrough(new DecompressionStream("gzip"));
    program = await WebAssembly.compileStreaming(new Response(plain, { headers: { "Content-Type": "application/wasm" } }));
  }
  postMessage({ is: "ready", module: program });
}

// seldom passes on at most one call in a tenth of a second.
function seldom(call) {
  let last = 0;
  return (...args) => {
    const now = performance.now();
    if (now - last < 100) return;
    last = now;
    call(...args);
  };
}

// check runs the program once, in memory of its own.
async function check(id, file, request) {
  const reader = new FileReaderSync();
  const progress = seldom((done, size) => postMessage({ is: "progress", id, done, size }));
  const asked = new Memory();
  asked.write(new TextEncoder().encode(JSON.stringify(request)), 0);
  const files = new Files({
    "/check/request.json": asked,
    "/check/file": new Opened(file.size, (from, to) => new Uint8Array(reader.readAsArrayBuffer(file.slice(from, to))), progress),
  });
  globalThis.fs = files;
  const go = new Go();
  go.argv = ["fener-wasm", "/check"];
  let code = -1;
  go.exit = (given) => { code = given; };
  await go.run(await WebAssembly.instantiate(program, go.importObject));
  for (const timer of go._scheduledTimeouts.values()) clearTimeout(timer); // Go leaves them, and each would run a program that has ended
  if (code !== 0) {
    const says = files.open_.get(2).file.text();
    throw Object.assign(new Error(says), { why: /out of memory|no space left/i.test(says) ? "memory" : code === 1 ? "file" : "fault" });
  }
  const answer = JSON.parse(files.named.get("/check/answer.json").text());
  const blob = (path, format) => files.named.has(path) ? new Blob(files.named.get(path).pieces(), { type: types[format] }) : null;
  const report = answer.written ? blob("/check/report", request.format) : null;
  postMessage({ is: "answer", id, answer, report, page: blob("/check/page", "html") });
}

// whyOf tells what a browser says when there is no more memory from what is our fault.
function whyOf(error) {
  if (error.why) return error.why;
  return error instanceof RangeError || /memory|allocation/i.test(error.message) ? "memory" : error.name === "NotReadableError" ? "file" : "fault";
}

globalThis.onmessage = async ({ data }) => {
  try {
    await (data.do === "load" ? load(data) : check(data.id, data.file, data.request));
  } catch (error) {
    const why = data.do === "load" ? "load" : whyOf(error);
    postMessage({ is: "failed", id: data.id, why, says: String(error.message || error).slice(0, 2000) });
  }
};
