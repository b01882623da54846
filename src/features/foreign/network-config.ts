import type { TenantRestriction } from '#domain/model/network.ts';
import { type ConfigFinding, judgeConfig } from '#domain/network/check/judge.ts';
import type { ConfigForm, ParsedHeader } from '#domain/network/check/parsed-config.ts';
import { readNetworkConfig } from '#sources/devices/network-config.ts';

/** Maximum headers and findings shown; more add no information. */
const MAX_SHOWN = 200;

export interface CheckedConfig {
  readonly form: ConfigForm;
  readonly headers: readonly ParsedHeader[];
  readonly findings: readonly ConfigFinding[];
}

/** Reads and evaluates the configuration of a gateway or browser. Throws a DeviceFileError. */
export function checkConfig(
  bytes: Uint8Array,
  restriction: TenantRestriction,
  organizations: readonly string[],
): CheckedConfig {
  const config = readNetworkConfig(bytes);
  const short = (text: string) => (text.length > 400 ? `${text.slice(0, 400)}…` : text);
  return {
    form: config.form,
    headers: config.headers
      .slice(0, MAX_SHOWN)
      .map((one) => ({ ...one, name: short(one.name), value: short(one.value) })),
    findings: judgeConfig(config, restriction, organizations)
      .slice(0, MAX_SHOWN)
      .map((one) => ({ ...one, found: one.found === null ? null : short(one.found) })),
  };
}
