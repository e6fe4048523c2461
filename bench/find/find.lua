-- wrk: each request asks for a random item. Argument after `--`: number of items.
function init(args)
  items = tonumber(args[1])
  head, tail = "GET /stock/find/", " HTTP/1.1\r\nHost: " .. wrk.headers["Host"] .. "\r\n\r\n"
end

function request()
  return head .. math.random(0, items - 1) .. tail
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'JSON {"answers": %d, "seconds": %f, "p50": %f, "p95": %f, "p99": %f, "refused": %d, "broken": %d}\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout
  ))
end
