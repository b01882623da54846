import rules from 'virtual:dlp-rules';
import { exportRules } from '../../../src/domain/dlp/prepare/cells.ts';

/** The rules of the catalogue, compiled for recognizing columns of an export in the browser. */
export const EXPORT_RULES = exportRules(rules);
