# The distributed host on one machine: the Worker, its Durable Objects and their files. `npm run edge` gives port and folders.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "muse", worker = .muse),
    (name = "books", disk = (path = "books", writable = true)),
    (name = "widget", disk = (path = "widget")),
  ],
  sockets = [(name = "http", address = "*:8787", http = (), service = "muse")],
);

const muse :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "../../dist/edge/worker.js"),
    (name = "jpeg-turbo.wasm", wasm = embed "../../dist/edge/jpeg-turbo.wasm"),
    (name = "lodepng.wasm", wasm = embed "../../dist/edge/lodepng.wasm"),
    (name = "webp.wasm", wasm = embed "../../dist/edge/webp.wasm"),
    (name = "mozjpeg_enc.wasm", wasm = embed "../../dist/edge/mozjpeg_enc.wasm"),
  ],
  compatibilityDate = "2026-08-04",
  bindings = [
    (name = "BOOKS", durableObjectNamespace = "Book"),
    (name = "SHOPS", durableObjectNamespace = "Shops"),
    (name = "ASSETS", service = "widget"),
    (name = "MUSE_OPERATOR_KEY", fromEnvironment = "MUSE_OPERATOR_KEY"),
    (name = "MUSE_LIMITS", fromEnvironment = "MUSE_LIMITS"),
    (name = "MUSE_LOG", fromEnvironment = "MUSE_LOG"),
  ],
  durableObjectNamespaces = [
    (className = "Book", uniqueKey = "muse-book", enableSql = true),
    (className = "Shops", uniqueKey = "muse-shops", enableSql = true),
  ],
  durableObjectStorage = (localDisk = "books"),
);
