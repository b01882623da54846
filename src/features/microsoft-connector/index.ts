export { askGraph } from './ask-graph.ts';
export { showMicrosoftConnector } from './show.ts';
