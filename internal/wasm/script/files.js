// The few files that the program is given: those it reads are the page's, those it writes are kept in memory. There is no disk behind them.
// It stands in for Node's fs as Go's wasm_exec.js expects it.
"use strict";

const block = 1 << 20;

// Memory is a file that grows in blocks.
class Memory {
  constructor() { this.blocks = []; this.size = 0; }

  read(to, at) {
    const n = Math.max(0, Math.min(to.length, this.size - at));
    for (let done = 0; done < n;) {
      const from = (at + done) % block;
      const piece = this.blocks[Math.floor((at + done) / block)].subarray(from, Math.min(block, from + n - done));
      to.set(piece, done);
      done += piece.length;
    }
    return n;
  }

  write(from, at) {
    for (let done = 0; done < from.length;) {
      const index = Math.floor((at + done) / block), start = (at + done) % block;
      while (this.blocks.length <= index) this.blocks.push(new Uint8Array(block));
      const piece = from.subarray(done, done + block - start);
      this.blocks[index].set(piece, start);
      done += piece.length;
    }
    this.size = Math.max(this.size, at + from.length);
    return from.length;
  }

  // pieces are the content without a copy.
  pieces() {
    return this.blocks.map((b, i) => b.subarray(0, Math.min(block, this.size - i * block))).filter((b) => b.length > 0);
  }

  text() {
    const decoder = new TextDecoder();
    return this.pieces().map((p) => decoder.decode(p, { stream: true })).join("") + decoder.decode();
  }
}

// Opened is a file of the reader's, read in blocks, of which the last few are kept: workbooks are read in small pieces, here and there.
class Opened {
  // slice gives the bytes from a place to another; progress hears how far the file was read.
  constructor(size, slice, progress) { Object.assign(this, { size, slice, progress, kept: new Map(), far: 0 }); }

  read(to, at) {
    const n = Math.max(0, Math.min(to.length, this.size - at));
    for (let done = 0; done < n;) {
      const start = Math.floor((at + done) / block) * block;
      const piece = this.at(start).subarray(at + done - start, at + n - start);
      to.set(piece, done);
      done += piece.length;
    }
    if (at + n > this.far) {
      this.far = at + n;
      this.progress(this.far, this.size);
    }
    return n;
  }

  at(start) {
    let bytes = this.kept.get(start);
    if (!bytes) {
      bytes = this.slice(start, Math.min(this.size, start + block));
      if (bytes.length !== Math.min(this.size, start + block) - start) throw failure("EIO", "the file changed while it was read");
      if (this.kept.size >= 8) this.kept.delete(this.kept.keys().next().value);
    } else {
      this.kept.delete(start);
    }
    this.kept.set(start, bytes); // the last in order is the last used
    return bytes;
  }

  write() { throw failure("EACCES", "the reader's file is never written"); }
}

function failure(code, text) { return Object.assign(new Error(text), { code }); }

// Files are all files there are, by path, as fs gives them.
class Files {
  constructor(files) {
    this.named = new Map(Object.entries(files));
    this.open_ = new Map([[1, { file: new Memory(), at: 0 }], [2, { file: new Memory(), at: 0 }]]);
    this.next = 10;
    this.constants = { O_WRONLY: 1, O_RDWR: 2, O_CREAT: 64, O_EXCL: 128, O_TRUNC: 512, O_APPEND: 1024, O_DIRECTORY: 65536 };
    for (const name of ["chmod", "chown", "fchmod", "fchown", "fsync", "ftruncate", "lchown", "link", "lstat", "mkdir", "readdir", "readlink", "rename",
      "rmdir", "stat", "symlink", "truncate", "utimes"]) {
      this[name] = (...args) => args.at(-1)(failure("ENOSYS", name + " is not there"));
    }
  }

  // later answers when the program waits for it, as a disk would: an answer within the call would run the program inside itself.
  later(callback, work) {
    let error = null, value;
    try {
      value = work();
    } catch (e) { // the program knows errors by such codes only
      error = typeof e.code === "string" ? e : failure(e instanceof RangeError ? "ENOSPC" : "EIO", String(e));
    }
    queueMicrotask(() => error ? callback(error) : callback(null, value));
  }

  opened(fd) {
    const o = this.open_.get(fd);
    if (!o) throw failure("EBADF", "no such file is open");
    return o;
  }

  open(path, flags, mode, callback) {
    this.later(callback, () => {
      if (this.named.has(path) && flags & this.constants.O_EXCL) throw failure("EEXIST", path + " is there already");
      if (!this.named.has(path) && !(flags & this.constants.O_CREAT)) throw failure("ENOENT", path + " is not there");
      if (!this.named.has(path) || flags & this.constants.O_TRUNC) this.named.set(path, new Memory());
      this.open_.set(this.next, { file: this.named.get(path), at: 0 });
      return this.next++;
    });
  }

  close(fd, callback) { this.later(callback, () => { this.opened(fd); this.open_.delete(fd); }); }

  unlink(path, callback) {
    this.later(callback, () => { if (!this.named.delete(path)) throw failure("ENOENT", path + " is not there"); });
  }

  move(fd, buffer, offset, length, position, way, callback) {
    this.later(callback, () => {
      const o = this.opened(fd), piece = buffer.subarray(offset, offset + length);
      const n = o.file[way](piece, position === null ? o.at : Number(position));
      if (position === null) o.at += n;
      return n;
    });
  }

  read(fd, buffer, offset, length, position, callback) { this.move(fd, buffer, offset, length, position, "read", callback); }

  write(fd, buffer, offset, length, position, callback) { this.move(fd, buffer, offset, length, position, "write", callback); }

  // writeSync is how the program says why it ends.
  writeSync(fd, buffer) {
    const o = this.opened(fd);
    if (o.at < block) o.at += o.file.write(buffer, o.at);
    return buffer.length;
  }

  fstat(fd, callback) {
    this.later(callback, () => {
      const size = this.opened(fd).file.size;
      return { dev: 0, ino: fd, mode: 0o100600, nlink: 1, uid: 0, gid: 0, rdev: 0, size, blksize: block, blocks: Math.ceil(size / 512),
        atimeMs: 0, mtimeMs: 0, ctimeMs: 0, isDirectory: () => false };
    });
  }
}
