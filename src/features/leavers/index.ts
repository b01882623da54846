export { type Seats, seatsIn } from './seats.ts';
