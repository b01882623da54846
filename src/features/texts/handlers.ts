import type { HandlersOf } from '../handlers-of.ts';
import type { textsContract } from './contract.ts';
import { downloadText } from './document.ts';
import { listTexts, showText } from './show.ts';

export const textsHandlers: HandlersOf<typeof textsContract> = {
  list: listTexts,
  show: showText,
  document: downloadText,
};
