// Runs the worker's script under Node as a page would run it: node node.js WORKER.js PROGRAM.wasm.gz JOBS.json FOLDER
// A job is {file, request, stop}: with stop the worker is ended so many milliseconds after it began to read, and the next one starts from the compiled program.
// What the worker answers to job N goes to FOLDER/N.json, with the report as FOLDER/N and the page to show as FOLDER/N.page.
"use strict";
const fs = require("fs"), path = require("path"), { Worker, isMainThread, parentPort, workerData } = require("worker_threads");

if (!isMainThread) {
  // What browsers have in a worker and Node has not.
  globalThis.postMessage = (message) => parentPort.postMessage(message);
  globalThis.fetch = async (at) => new Response(fs.readFileSync(at));
  globalThis.FileReaderSync = class {
    readAsArrayBuffer({ fd, from, to }) {
      const bytes = new Uint8Array(to - from);
      const n = fs.readSync(fd, bytes, 0, bytes.length, from);
      return bytes.slice(0, n).buffer;
    }
  };
  require("vm").runInThisContext(fs.readFileSync(workerData, "utf8"), { filename: workerData });
  parentPort.on("message", (data) => {
    if (data.file) {
      const fd = fs.openSync(data.file, "r");
      data.file = { size: fs.fstatSync(fd).size, slice: (from, to) => ({ fd, from, to }) };
    }
    globalThis.onmessage({ data });
  });
} else {
  main().then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });
}

async function main() {
  const [script, program, jobs, folder] = process.argv.slice(2);
  let worker, module, waiting, read = () => {};

  function start() {
    worker = new Worker(__filename, { workerData: script });
    worker.on("message", (m) => waiting(m));
    worker.on("error", (error) => { throw error; });
  }
  function say(message, last) {
    return new Promise((resolve) => {
      waiting = (m) => { if (last.includes(m.is)) resolve(m); else if (m.is === "progress") read(m); };
      worker.postMessage(message);
    });
  }
  async function load() {
    start();
    const ready = await say(module ? { do: "load", module } : { do: "load", url: program, size: fs.statSync(program).size }, ["ready", "failed"]);
    if (ready.is === "failed") throw new Error(ready.says);
    module = ready.module;
  }

  await load();
  for (const [id, job] of JSON.parse(fs.readFileSync(jobs, "utf8")).entries()) {
    const answered = say({ do: "check", id, file: job.file, request: job.request }, ["answer", "failed"]);
    if (job.stop) {
      const reading = new Promise((resolve) => { read = () => setTimeout(resolve, job.stop); });
      const first = await Promise.race([answered, reading]);
      await worker.terminate();
      fs.writeFileSync(path.join(folder, id + ".json"), JSON.stringify({ is: first ? first.is : "stopped" }));
      await load();
      continue;
    }
    const { report, page, ...rest } = await answered;
    fs.writeFileSync(path.join(folder, id + ".json"), JSON.stringify(rest));
    if (page) fs.writeFileSync(path.join(folder, id + ".page"), Buffer.from(await page.arrayBuffer()));
    if (report) fs.writeFileSync(path.join(folder, String(id)), Buffer.from(await report.arrayBuffer()));
  }
}
