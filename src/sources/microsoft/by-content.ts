import { holdsAddress } from '../exports/table/cells.ts';
import type { View } from '../exports/table/view.ts';

/** Content of columns in Microsoft's lists, whatever the language of the headings. */

export const isAddress = (text: string): boolean => holdsAddress(text) && !/\s/.test(text.trim());
export const isGuid = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
/** Manufacturers write serial numbers in capital letters and digits. */
export const isSerial = (text: string): boolean => /^(?=.*\d)[A-Z0-9]{7,20}$/.test(text);
export const isSystem = (text: string): boolean =>
  /^(?:windows|mac ?os|ios|ipad ?os|android|linux|ubuntu|chrome ?os)\b/i.test(text);
export const isCompliance = (text: string): boolean =>
  /^(?:in|non|no|not|nicht|niet|não|em|en|fora de|sin|voldoet|cumple)?\s?-?(?:compl|compat|conform|konform|kompat|cumpl|voldoet|準拠|非準拠|遵守|合规)/iu.test(
    text.trim(),
  );
export const isIpAddress = (text: string): boolean =>
  /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})$/i.test(text.trim());
export const isMoment = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d|^\d{1,4}[/.]\d{1,2}[/.]\d{1,4},? \d{1,2}:\d\d/.test(text);

/** Whether a field was found by its column's content alone, so that a person should confirm it. */
export function isByContent(view: View, field: string): boolean {
  return view.columns.mapping.some((one) => one.field === field && one.how === 'content');
}

/** Score of a list recognized by its cells alone: high enough to ask, too low to accept. */
export const ASKED = 0.45;
