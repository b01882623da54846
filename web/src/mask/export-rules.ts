import rules from 'virtual:dlp-rules';
import { exportRules } from '../../../src/domain/dlp/prepare/cells.ts';

/** What columns of an export are recognized by, in the browser: the rules of the catalogue. */
export const EXPORT_RULES = exportRules(rules);
