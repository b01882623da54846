import { makeOnce } from '../../shared/make-once.ts';
import { renderComparison } from './render.ts';
import type { PrintInput } from './view.ts';

makeOnce((input: PrintInput) => renderComparison(input));
