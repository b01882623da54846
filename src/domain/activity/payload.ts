/**
 * Fields of an event beside its type. The type names what was requested; only the fields show whether it was done and
 * what the state is afterwards.
 */

type Fields = Readonly<Record<string, unknown>>;

const FAILED =
  /^(fail(ed|ure)?|error|errored|denied|deny|rejected|refused|forbidden|unauthori[sz]ed|blocked)$/i;
const DONE = /^(success(ful)?|succeeded|ok|completed?|allow(ed)?)$/i;
/** Fields in which sources put the result, as a word. */
const RESULTS = ['outcome', 'result'];
/** The same as an HTTP status. */
const HTTP_STATUS = ['status_code', 'http_status', 'http_status_code', 'response_status'];

/** Whether the event's action was done: false if it failed or was refused, null if the event does not say. */
export function wasDone(detail: Fields): boolean | null {
  const said: boolean[] = [];
  for (const name of HTTP_STATUS) {
    const code = Number(detail[name] ?? Number.NaN);
    if (Number.isInteger(code) && code >= 100) said.push(code < 400);
  }
  for (const name of RESULTS) {
    const value = detail[name];
    if (typeof value === 'string' && FAILED.test(value.trim())) said.push(false);
    if (typeof value === 'string' && DONE.test(value.trim())) said.push(true);
  }
  // Many types have their own `status` values, of which only these mean that the action failed.
  if (typeof detail.status === 'string' && /^(failed|failure|error)$/i.test(detail.status.trim()))
    said.push(false);
  if (typeof detail.success === 'boolean') said.push(detail.success);
  if (said.includes(false)) return false;
  return said.includes(true) ? true : null;
}

/** Types that themselves mean a failure or refusal, which is what happened. */
const NAMES_A_FAILURE = /_(failed|failed_open|denied|rejected|blocked|tripped|invalid)$/;

/** Whether the type itself means that something failed or was refused. */
export function namesAFailure(type: string): boolean {
  return NAMES_A_FAILURE.test(type);
}

/** Whether an event is about an attempt that did not succeed, which changed and read nothing. */
export function hadNoEffect(type: string, detail: Fields): boolean {
  return wasDone(detail) === false && !namesAFailure(type);
}

/** Settings occur with and without the prefix `is_`: `is_enabled`, `enabled`. */
export function settingName(name: string): string {
  return name.replace(/^is_/, '');
}

/** The value of a field under any of its names; undefined: missing. */
export function fieldOf(detail: Fields, name: string): unknown {
  const plain = settingName(name);
  for (const form of [plain, `is_${plain}`, `new_${plain}`, `current_${plain}`])
    if (detail[form] !== undefined) return detail[form];
  return undefined;
}

/** Whether a field is on or off; null: neither, or its variants contradict each other. */
export function onOff(detail: Fields, name: string): boolean | null {
  const plain = settingName(name);
  const said = new Set(
    [plain, `is_${plain}`, `new_${plain}`, `current_${plain}`].flatMap((form) => {
      const value = asOnOff(detail[form] ?? detail[`${form}.type`]);
      return value === null ? [] : [value];
    }),
  );
  const [only] = said;
  return said.size === 1 && only !== undefined ? only : null;
}

/** Parses a source's notation for on and off; null: neither. */
export function asOnOff(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return null;
  const word = value.trim();
  if (/^(true|enabled|on|yes)$/i.test(word)) return true;
  return /^(false|disabled|off|no)$/i.test(word) ? false : null;
}

/**
 * The state of a setting after an event whose type says on or off; null if its fields contradict the type, as in an
 * event `…_enabled` with `current_value: false`.
 */
export function switchedTo(type: string, detail: Fields): boolean | null {
  const byType = /_enabled$/.test(type) ? true : /_disabled$/.test(type) ? false : null;
  const byFields = onOff(detail, 'enabled') ?? asOnOff(detail.current_value ?? detail.new_value);
  if (byType === null) return byFields;
  return byFields === null || byFields === byType ? byType : null;
}

/**
 * The changes of one organization setting in an event's list of updates. `current` is the new value; undefined if the
 * list only names the setting.
 */
export function updatesOf(detail: Fields, name: string): readonly { readonly current: unknown }[] {
  const { updates } = detail;
  if (!Array.isArray(updates)) return [];
  return updates.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null || !('type' in one) || typeof one.type !== 'string')
      return [];
    if (settingName(one.type) !== settingName(name)) return [];
    return [{ current: 'current_value' in one ? one.current_value : undefined }];
  });
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** UUID of the event's organization in lower case; null: none. */
export function organizationOf(detail: Fields): string | null {
  for (const value of [detail.organization_uuid, detail.organization_id])
    if (typeof value === 'string' && isUuid(value)) return value.toLowerCase();
  return null;
}
