export { askGraph } from './ask-graph.ts';
