import type { DevicePlan, Json } from '#domain/devices/plan.ts';
import type { DeviceKey } from '#domain/model/device-settings.ts';

/** A setting as registry and preference lists take it: they know yes and no, whole numbers and text, lists as JSON text. */
export interface PlainSetting {
  readonly key: DeviceKey;
  readonly value: boolean | number | string;
}

/** The settings of a plan that are set, flat, each value in the form that devices store. */
export function plainSettings(plan: DevicePlan): readonly PlainSetting[] {
  return plan.keys.flatMap(({ key, state, value }) =>
    state === 'set' && value !== null ? [{ key, value: plain(value) }] : [],
  );
}

function plain(value: Json): PlainSetting['value'] {
  return typeof value === 'boolean' || typeof value === 'string' || Number.isInteger(value)
    ? (value as PlainSetting['value'])
    : JSON.stringify(value);
}

/** A name that people wrote, on one line and without anything that steers a program. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
