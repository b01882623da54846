export { heldPeople, readActivityRetention, textLimit } from './activity/model.ts';
export { dayOf } from './choose.ts';
export { holdNow, readRetained } from './model.ts';
export { previewOfAll } from './preview.ts';
export { refuseAnyHold, refuseHeld } from './refuse-held.ts';
