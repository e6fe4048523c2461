-- wrk: each request checks out the next order. Arguments after `--`: id of the first order, and the first id that is none.
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  next_id, end_id = tonumber(args[1]), tonumber(args[2])
  head, tail = "POST /orders/checkout/", " HTTP/1.1\r\nHost: " .. wrk.headers["Host"] .. "\r\nContent-Length: 0\r\n\r\n"
end

function request()
  local id = next_id
  next_id = id + 1
  if id >= end_id then wrk.thread:stop() end
  return head .. id .. tail
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'JSON {"answers": %d, "seconds": %f, "p50": %f, "p95": %f, "p99": %f, "refused": %d, "broken": %d, "next": %d}\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    threads[1]:get("next_id")
  ))
end
