import { azureFirewall } from './azure-firewall.ts';
import { dnsBlock, firewallBlock } from './blocks.ts';
import { browserPolicy } from './browser.ts';
import { cloudflare } from './cloudflare.ts';
import { deviceTest } from './device-test.ts';
import { envoy } from './envoy.ts';
import { fortigate } from './fortigate.ts';
import { haproxy } from './haproxy.ts';
import type { Maker } from './maker.ts';
import { mitmproxy } from './mitmproxy.ts';
import { squid } from './squid.ts';
import { paloAlto, zscaler } from './terraform.ts';
import { toolsBlock } from './tools.ts';

/** Generators of each way's files, by the way's id in the catalogue. Ways that are set up by hand have none. */
export const MAKERS: Readonly<Record<string, Maker>> = {
  edge: browserPolicy,
  chrome: browserPolicy,
  squid,
  haproxy,
  envoy,
  mitmproxy,
  zscaler,
  palo_alto: paloAlto,
  cloudflare,
  fortigate,
  azure_firewall: azureFirewall,
  dns_block: dnsBlock,
  firewall_block: firewallBlock,
  tools_block: toolsBlock,
  device_test: deviceTest,
};
