/*
 * `node sandbox/siem/main.ts`: receivers on this machine that take what Bylaw sends, each on a port of its own. It prints
 * what to enter for each, and then one line for every request. Needs no account; nothing leaves the machine.
 */
import { loadCatalogue } from '../../src/sources/catalogue/load.ts';
import { startCollector } from './collector.ts';
import { startHec } from './hec.ts';
import { SIMULATED, startLogsIngestion } from './logs-ingestion.ts';
import type { Asked } from './receiver.ts';
import { startWebhook } from './webhook.ts';

const TOKEN = '11111111-2222-3333-4444-555555555555';

const telling =
  (name: string) =>
  ({ path, raw, body }: Asked) => {
    console.log(`${new Date().toISOString()} ${name} ${path}: ${raw.length} bytes, ${body.length} unpacked`);
    return null;
  };

const hec = await startHec({ tokens: [TOKEN], fault: telling('Splunk'), port: 7788 });
const acknowledging = await startHec({
  tokens: [TOKEN],
  acknowledge: true,
  indexedAfter: 3,
  fault: telling('Splunk with acknowledgment'),
  port: 7789,
});
const { columns } = loadCatalogue().siem.sentinel;
const azure = await startLogsIngestion({ columns, fault: telling('Logs Ingestion'), port: 7790 });
const collector = await startCollector({ fault: telling('Collector'), port: 7791 });
const hook = await startWebhook({ fault: telling('Webhook'), port: 7792 });

console.log(`Splunk                       ${hec.url}   token ${TOKEN}`);
console.log(`Splunk with acknowledgment  ${acknowledging.url}   token ${TOKEN}`);
console.log(`Microsoft Sentinel           ${azure.url}   sign-in address ${azure.url}`);
console.log(`                             tenant ${SIMULATED.tenant}, application ${SIMULATED.application}`);
console.log(`                             secret ${SIMULATED.secret}, rule ${SIMULATED.rule}`);
console.log(`OpenTelemetry                ${collector.url}`);
console.log(`Webhook                      ${hook.url}`);
console.log('Start Bylaw with BYLAW_ALLOW_PRIVATE_HOSTS=127.0.0.1 and add a sink. Ctrl-C ends this.');
