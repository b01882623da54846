export { blindSpots } from './blind.ts';
export { connectorFlows } from './flows.ts';
