import type { DevicePlan, Json } from '#domain/devices/plan.ts';
import type { DeviceKey } from '#domain/model/device-settings.ts';
import type { PolicySetting } from '../shared/policy-files/reg.ts';

/**
 * A setting in the form of registries and preference lists, which store booleans, integers and strings; lists are JSON
 * strings.
 */
interface PlainSetting {
  readonly key: DeviceKey;
  readonly value: PolicySetting['value'];
}

/** The settings that a plan sets, flattened, with values in the form that devices store. */
function plainSettings(plan: DevicePlan): readonly PlainSetting[] {
  return plan.keys.flatMap(({ key, state, value }) =>
    state === 'set' && value !== null ? [{ key, value: plain(value) }] : [],
  );
}

function plain(value: Json): PlainSetting['value'] {
  return typeof value === 'boolean' || typeof value === 'string' || Number.isInteger(value)
    ? (value as PlainSetting['value'])
    : JSON.stringify(value);
}

/** The same, with the vendor's names. */
export function namedSettings(plan: DevicePlan): readonly PolicySetting[] {
  return plainSettings(plan).map(({ key, value }) => ({
    name: key.key,
    label: key.label,
    says: key.says,
    value,
    ...(key.min === undefined ? {} : { min: key.min }),
    ...(key.max === undefined ? {} : { max: key.max }),
  }));
}
