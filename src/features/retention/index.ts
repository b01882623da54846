export { heldPeople, readActivityRetention, textLimit } from './activity/model.ts';
export { dayOf } from './choose.ts';
export { refuseAnyHold, refuseHeld } from './held.ts';
export { holdNow, readRetained } from './model.ts';
export { previewOfAll } from './preview.ts';
