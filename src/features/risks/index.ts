export { type RiskView, showBoard } from './board.ts';
