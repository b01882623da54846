/**
 * What an event says beside its type. A type names what someone asked for; only the fields tell whether it was done and
 * what holds afterwards.
 */

type Fields = Readonly<Record<string, unknown>>;

const FAILED =
  /^(fail(ed|ure)?|error|errored|denied|deny|rejected|refused|forbidden|unauthori[sz]ed|blocked)$/i;
const DONE = /^(success(ful)?|succeeded|ok|completed?|allow(ed)?)$/i;
/** Fields in which sources write the result, as a word. */
const RESULTS = ['outcome', 'result'];
/** The same as the status of an HTTP answer. */
const HTTP_STATUS = ['status_code', 'http_status', 'http_status_code', 'response_status'];

/** Whether what the event names was done: false where it failed or was refused, null where the event does not tell. */
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
  // Many kinds have a status of their own, of which only these words say that the event itself came to nothing.
  if (typeof detail.status === 'string' && /^(failed|failure|error)$/i.test(detail.status.trim()))
    said.push(false);
  if (typeof detail.success === 'boolean') said.push(detail.success);
  if (said.includes(false)) return false;
  return said.includes(true) ? true : null;
}

/** Kinds whose type itself says that something failed or was refused: there the failure is what happened. */
const NAMES_A_FAILURE = /_(failed|failed_open|denied|rejected|blocked|tripped|invalid)$/;

/** Whether the type itself says that something failed or was refused. */
export function namesAFailure(type: string): boolean {
  return NAMES_A_FAILURE.test(type);
}

/** Whether an event names something that was tried and not done. Nothing holds, and nothing was read, because of it. */
export function cameToNothing(type: string, detail: Fields): boolean {
  return wasDone(detail) === false && !namesAFailure(type);
}

/** A setting is written with and without `is_` before its name: `is_enabled`, `enabled`. */
export function settingName(name: string): string {
  return name.replace(/^is_/, '');
}

/** The value of a field under each of its names; undefined: the event does not carry it. */
export function fieldOf(detail: Fields, name: string): unknown {
  const plain = settingName(name);
  for (const form of [plain, `is_${plain}`, `new_${plain}`, `current_${plain}`])
    if (detail[form] !== undefined) return detail[form];
  return undefined;
}

/** Whether a field says on or off; null: it says neither, or its forms contradict each other. */
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

/** A value as sources write on and off; null: it is neither. */
export function asOnOff(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return null;
  const word = value.trim();
  if (/^(true|enabled|on|yes)$/i.test(word)) return true;
  return /^(false|disabled|off|no)$/i.test(word) ? false : null;
}

/**
 * What an event whose type says on or off left the setting at: null where its own fields contradict the type, as in an
 * event of the kind `…_enabled` with `current_value: false`.
 */
export function switchedTo(type: string, detail: Fields): boolean | null {
  const byType = /_enabled$/.test(type) ? true : /_disabled$/.test(type) ? false : null;
  const byFields = onOff(detail, 'enabled') ?? asOnOff(detail.current_value ?? detail.new_value);
  if (byType === null) return byFields;
  return byFields === null || byFields === byType ? byType : null;
}

/**
 * The changes of one organization setting that an event carries in its list of updates. `current` is what holds afterwards;
 * undefined where the list names the setting and not its value.
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

/** The UUID of the organization that an event is of, in lower case; null: it names none. */
export function organizationOf(detail: Fields): string | null {
  for (const value of [detail.organization_uuid, detail.organization_id])
    if (typeof value === 'string' && isUuid(value)) return value.toLowerCase();
  return null;
}
