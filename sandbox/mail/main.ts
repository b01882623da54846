/*
 * `node sandbox/mail/main.ts`: simulates Microsoft's sign-in, Graph's sendMail and a mail server with XOAUTH2 on this
 * machine. Prints what to enter under Settings > Mail, and then one line per request. Nothing leaves the machine.
 */
import { MAIL_APPLICATION, SMTP, startMicrosoftMail } from './microsoft.ts';
import { startSmtp } from './smtp.ts';

const MAILBOX = 'bylaw@sandbox.example';

const microsoft = await startMicrosoftMail({
  mailboxes: [MAILBOX],
  fault: ({ path }) => {
    console.log(`${new Date().toISOString()} ${path}`);
    return null;
  },
  port: 7793,
});
const smtp = await startSmtp((user, token) => user === MAILBOX && microsoft.counts(token, SMTP), 7794);

console.log(`Microsoft    ${microsoft.url}`);
console.log(`Mail server  localhost, port ${smtp.port}, encryption none, user ${MAILBOX}`);
console.log(`Sender       ${MAILBOX}`);
console.log(`Tenant       ${MAIL_APPLICATION.tenant}`);
console.log(`Application  ${MAIL_APPLICATION.application}`);
console.log(`Secret       ${MAIL_APPLICATION.secret}`);
console.log(
  `Start Bylaw with BYLAW_MICROSOFT_URL=${microsoft.url} and BYLAW_ALLOW_PRIVATE_HOSTS=127.0.0.1. Ctrl-C ends this.`,
);
