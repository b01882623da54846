export { telemetryReceived } from './arrived.ts';
export { clientOfTelemetry } from './client.ts';
export { telemetrySpans } from './ledger.ts';
export { REFUSALS } from './refusals.ts';
export { REASONS } from './words.ts';
