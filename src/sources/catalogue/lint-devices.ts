import { understand } from '#domain/devices/judge.ts';
import { CLAUSE_ANSWERS, type DeviceKey, type DeviceProduct } from '#domain/model/device-settings.ts';

/** Checks of device settings beyond the schema: values of another type than their key's, and dangling references. */
export function lintDeviceProduct(product: DeviceProduct, say: (says: string) => void): void {
  const keys = new Set<string>();
  for (const key of product.keys) {
    for (const name of [key.key, ...key.retired.map((one) => one.name)]) {
      if (keys.has(name)) say(`the setting ${name} is there twice`);
      keys.add(name);
    }
    if (product.known.includes(key.key)) say(`${key.key} is under “keys” and under “known”`);
    lintValues(key, say);
  }
  for (const { key, weak } of product.keys)
    for (const { when, other } of weak) {
      if (when === 'without' && other === undefined)
        say(`${key}: “without” has to name the setting in “other”`);
      if (other !== undefined && !product.keys.some((one) => one.key === other))
        say(`${key}: “other” names ${other}, which is not there`);
    }
  const files = new Set<string>();
  for (const { id } of product.files) {
    if (files.has(id)) say(`the file ${id} is there twice`);
    files.add(id);
  }
}

/** A value written to files must be one that the check of device files accepts. */
function lintValues(key: DeviceKey, say: (says: string) => void): void {
  for (const answer of CLAUSE_ANSWERS) {
    const value = key.set?.values[answer];
    if (value === undefined || (typeof value === 'object' && !Array.isArray(value))) continue;
    const understood = understand(key, { key: key.key, value, stored: 'native' }, 'settings_json');
    if (!understood.ok) say(`${key.key}: for “${answer}” it ${understood.wrong}`);
  }
  if (key.type === 'choice' && key.choices === undefined) say(`${key.key}: a choice has to list its choices`);
}
