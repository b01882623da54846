import { type LintedFile, lintDevices, lintWords } from '#domain/devices/lint.ts';
import type { DevicePlan } from '#domain/devices/plan.ts';
import type { DeviceFormat } from '#domain/model/device-settings.ts';
import { DeviceFileError } from '#sources/devices/problem.ts';
import { readDeviceFile } from '#sources/devices/read.ts';

/** A settings file as found on a device, compared with its product's plan. */
export interface LintedDeviceFile extends Pick<LintedFile, 'holds' | 'findings'> {
  readonly product: DevicePlan['product']['id'];
  readonly productTitle: string;
  readonly format: DeviceFormat;
  readonly words: string;
}

/** Reads and checks a settings file. Throws a DeviceFileError. */
export function lintBytes(name: string, bytes: Uint8Array, plans: readonly DevicePlan[]): LintedDeviceFile {
  const file = readDeviceFile(name, bytes);
  const plan = plans.find(({ product }) => product.id === file.product);
  if (plan === undefined)
    throw new DeviceFileError(
      'The catalogue describes no settings of this product, so the file cannot be judged.',
    );
  const linted = lintDevices(file, plan);
  return {
    product: file.product,
    productTitle: plan.product.title,
    format: file.format,
    words: lintWords(linted),
    holds: linted.holds,
    findings: linted.findings,
  };
}
