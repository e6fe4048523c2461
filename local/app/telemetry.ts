// Whether this run is traced, and where to: by the command line, or by the variables that OpenTelemetry has names for.

const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT';

/** What functions get of `env`, which is all or nothing: without an endpoint there is nobody to send spans to. */
export function telemetryVariables(env: NodeJS.ProcessEnv, endpoint = env[ENDPOINT]): Record<string, string> {
  if (!endpoint) return {};
  const given = Object.entries(env).flatMap(([name, value]) => (name.startsWith('OTEL_') && value !== undefined ? [[name, value]] : []));
  return { ...Object.fromEntries(given), [ENDPOINT]: endpoint };
}
