import { OPTIONAL } from './permissions.ts';
import { APPLICATION, SITE_READER, startMicrosoft, WRITER } from './simulator.ts';

/*
 * `node sandbox/microsoft/main.ts [PORT]`: simulates Microsoft's sign-in and Graph on this machine, with the tenant of
 * the Alder Society. Prints what to enter under Connections > Sources.
 */
// Consent to the optional permissions as well, so that every feature can be tried.
const simulator = await startMicrosoft({ port: Number(process.argv[2] ?? '7795') });
simulator.consented.push(...OPTIONAL);
console.log(`Microsoft    ${simulator.url}`);
console.log(`Tenant       ${APPLICATION.tenant}`);
console.log(`Application  ${APPLICATION.application}`);
console.log(`Secret       ${APPLICATION.secret}`);
console.log(`To change Conditional Access: application ${WRITER.application}, secret ${WRITER.secret}`);
console.log(
  `To read who can open SharePoint sites: application ${SITE_READER.application}, secret ${SITE_READER.secret}`,
);
console.log(
  `Start Bylaw with BYLAW_MICROSOFT_URL=${simulator.url} and BYLAW_ALLOW_PRIVATE_HOSTS=127.0.0.1. Ctrl-C ends this.`,
);
