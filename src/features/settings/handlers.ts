import { stat } from 'node:fs/promises';
import { ROLES } from '#domain/access/permissions.ts';
import { WORKSPACE } from '#store/audit.ts';
import type { Tx } from '#store/open.ts';
import { isFailed, isSent, lastHeadMails, sayGoodbye } from '../audit/index.ts';
import { lastBackup } from '../backup/index.ts';
import type { HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers-of.ts';
import { lastChange } from '../last-change.ts';
import { MAIL_PASSWORD } from '../mail/index.ts';
import { refusalOfHost } from '../outbound.ts';
import { conflict, unprocessable } from '../problems.ts';
import { previewOfAll } from '../retention/index.ts';
import { needProof } from '../shared/own-session.ts';
import { readWorkspace, type Workspace, type WorkspaceSettings } from '../shared/settings.ts';
import { secondFactorRoles } from '../sign-in/index.ts';
import { canReadCertificates } from '../time-stamps/index.ts';
import { checkedMail, SAME_ACCOUNT } from './check-mail.ts';
import type { settingsContract } from './contract.ts';
import { outboundHosts } from './outbound-hosts.ts';

export const settingsHandlers: HandlersOf<typeof settingsContract> = {
  get: async (context) => show(context),

  rename: async (context, input) => {
    await context.change(async (tx, recorder) => {
      const before = await current(tx, input.version);
      if (before.name === input.name) return recorder.unchanged();
      await store(tx, before, { name: input.name });
      await recorder.record({
        subject: { kind: 'workspace', id: null, name: input.name },
        before: { name: before.name },
        after: { name: input.name },
      });
    });
    return show(context);
  },

  setMail: async (context, input) => {
    const { version, password, ...asked } = input;
    const given = password === undefined || password.trim() === '' ? null : password;
    const mail = checkedMail(asked, given, context.now);
    const refusal =
      mail.signIn === 'graph' ? null : refusalOfHost(mail.host, context.services.config.privateHosts);
    if (refusal !== null) throw unprocessable(refusal.message);
    await context.change(async (tx, recorder) => {
      const before = await current(tx, version);
      const old = before.settings.mail;
      // A stored password is valid only for the server for which it was entered, and is not sent to any other.
      const keeps = old !== null && SAME_ACCOUNT.every((name) => old[name] === mail[name]);
      const passwordSealed =
        given === null
          ? keeps
            ? old.passwordSealed
            : null
          : context.services.sealer.seal(given, MAIL_PASSWORD);
      await store(tx, before, { mail: { ...mail, passwordSealed } });
      await recorder.record({
        subject: { kind: 'workspace', id: null, name: before.name },
        before: shown(old),
        after: { ...shown({ ...mail, passwordSealed }), passwordChanged: given !== null },
      });
    });
    return show(context);
  },

  removeMail: async (context, input) => {
    await context.change(async (tx, recorder) => {
      const before = await current(tx, input.version);
      if (before.settings.mail === null) return recorder.unchanged();
      await store(tx, before, { mail: null });
      await recorder.record({
        subject: { kind: 'workspace', id: null, name: before.name },
        before: shown(before.settings.mail),
      });
    });
    return show(context);
  },

  testMail: async (context) => {
    const { actor, services } = context;
    const says = await services.mail
      .send({
        to: actor.email,
        subject: 'Bylaw can send mail',
        text: `${actor.name} requested this message at ${services.config.origin}. You do not have to do anything.\n`,
      })
      .then(() => null)
      .catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
    await context.change(async (_tx, recorder) => {
      await recorder.record({
        subject: { kind: 'workspace', id: null },
        after: { to: actor.email, sent: says === null, says },
      });
    });
    return { sent: says === null, says: says ?? `Sent to ${actor.email}.` };
  },

  setSecondFactor: async (context, input) => {
    const roles = ROLES.filter((role) => input.roles.includes(role));
    await context.change(async (tx, recorder) => {
      await needProof(context, tx);
      const before = await current(tx, input.version);
      const old = before.settings.secondFactor;
      if (old.join() === roles.join()) return recorder.unchanged();
      await store(tx, before, { secondFactor: roles });
      await recorder.record({
        subject: { kind: 'workspace', id: null, name: before.name },
        before: { secondFactor: old },
        after: { secondFactor: roles },
      });
    });
    return show(context);
  },

  setAuditHeads: async (context, input) => {
    const mail = input.mail === null ? null : { ...input.mail, to: [...new Set(input.mail.to)] };
    const gone = await context.change(async (tx, recorder) => {
      await needProof(context, tx);
      const before = await current(tx, input.version);
      const old = before.settings.auditHeads;
      if (JSON.stringify(old) === JSON.stringify(mail)) {
        recorder.unchanged();
        return [];
      }
      await store(tx, before, { auditHeads: mail });
      await recorder.record({
        subject: { kind: 'workspace', id: null, name: before.name },
        before: { auditHeads: old },
        after: { auditHeads: mail },
      });
      return (old?.to ?? []).filter((address) => mail?.to.includes(address) !== true);
    });
    await sayGoodbye(context.services, gone, context.actor.name);
    return show(context);
  },

  setTimeStamps: async (context, { version, authority }) => {
    if (authority !== null) await checkAuthority(authority, context.services.config.privateHosts);
    await context.change(async (tx, recorder) => {
      await needProof(context, tx);
      const before = await current(tx, version);
      const old = before.settings.timeStamps;
      if (JSON.stringify(old) === JSON.stringify(authority)) return recorder.unchanged();
      await store(tx, before, { timeStamps: authority });
      await recorder.record({
        subject: { kind: 'workspace', id: null, name: before.name },
        before: { timeStamps: old },
        after: { timeStamps: authority },
      });
    });
    return show(context);
  },

  setRetention: async (context, input) => {
    const { version, ...retention } = input;
    await context.change(async (tx, recorder) => {
      const before = await current(tx, version);
      const old = before.settings.retention;
      if (old.readings === retention.readings && old.reports === retention.reports)
        return recorder.unchanged();
      await store(tx, before, { retention });
      await recorder.record({
        subject: { kind: 'workspace', id: null, name: before.name },
        before: { retention: old },
        after: { retention },
      });
    });
    return show(context);
  },

  previewRetention: (context, input) => previewOfAll(context.services, input),
};

/** Throws if the authority's host is not allowed or its certificates cannot be parsed. */
async function checkAuthority(
  { url, issuers }: NonNullable<WorkspaceSettings['timeStamps']>,
  privateHosts: readonly string[],
): Promise<void> {
  const { protocol, hostname, username, password } = new URL(url);
  const refusal = refusalOfHost(hostname, privateHosts);
  if (refusal !== null) throw unprocessable(refusal.message);
  if (username !== '' || password !== '')
    throw unprocessable('The address contains a name or password. Leave them out.');
  if (protocol !== 'https:' && !(protocol === 'http:' && privateHosts.includes(hostname)))
    throw unprocessable(
      'The address has to start with https. The person who runs the server can allow this host without it in BYLAW_ALLOW_PRIVATE_HOSTS.',
    );
  if (issuers.trim() !== '' && !(await canReadCertificates(issuers)))
    throw unprocessable(
      'No certificate can be read in what you gave. Paste it as PEM, with its BEGIN and END lines.',
    );
}

async function current(tx: Tx, version: number): Promise<Workspace> {
  const workspace = await readWorkspace(tx);
  if (workspace.version !== version) throw await editConflict(tx, workspace.version);
  return workspace;
}

async function editConflict(tx: Tx, version: number | null) {
  return conflict(
    'Someone else changed the settings after you opened them. Nothing of yours is stored; look at the current version.',
    { ...(await lastChange(tx, { chain: WORKSPACE, actions: 'settings.' })), version },
  );
}

/**
 * Stores a change if the settings are still those that were read before. Throws CONFLICT if someone else changed them
 * meanwhile.
 */
async function store(
  tx: Tx,
  before: Workspace,
  change: { readonly name?: string } & Partial<WorkspaceSettings>,
): Promise<void> {
  const { name = before.name, ...settings } = change;
  const next = {
    name,
    settings: JSON.stringify({ ...before.settings, ...settings }),
    version: before.version + 1,
  };
  const stored = await tx
    .insertInto('workspace')
    .values(next)
    .onConflict((there) =>
      there.column('id').doUpdateSet(next).where('workspace.version', '=', before.version),
    )
    .returning('version')
    .executeTakeFirst();
  if (stored === undefined) throw await editConflict(tx, null);
}

/** Mail settings without the secret. */
function shown(mail: WorkspaceSettings['mail']) {
  if (mail === null) return null;
  const { passwordSealed, ...rest } = mail;
  return { ...rest, hasPassword: passwordSealed !== null };
}

/** Where the heads of the audit log are sent, and with what result. */
async function showHeads(tx: Tx, { services, now }: HandlerContext, { settings }: Workspace) {
  const path = services.config.auditHeadsFile ?? null;
  const mails = settings.auditHeads === null ? [] : await lastHeadMails(tx, now);
  const ended = mails.find((one) => isSent(one) || isFailed(one));
  return {
    mail: settings.auditHeads,
    mailedAt: mails.find(isSent)?.at.toISOString() ?? null,
    failed: ended !== undefined && isFailed(ended) ? (ended.says ?? 'It could not be sent.') : null,
    file:
      path === null
        ? null
        : { path, writtenAt: (await stat(path).catch(() => null))?.mtime.toISOString() ?? null },
    key: services.sealer.signer('audit heads').publicKey,
  };
}

async function show(context: HandlerContext) {
  const { services } = context;
  return context.read(async (tx) => {
    const workspace = await readWorkspace(tx);
    return {
      name: workspace.name,
      version: workspace.version,
      mail: shown(workspace.settings.mail),
      secondFactor: {
        roles: workspace.settings.secondFactor,
        always: [...secondFactorRoles(services.config, {})],
      },
      retention: workspace.settings.retention,
      auditHeads: await showHeads(tx, context, workspace),
      timeStamps: workspace.settings.timeStamps,
      backup: await lastBackup(tx),
      database: { engine: services.store.engine, place: services.store.place },
      server: {
        origin: services.config.origin,
        version: services.config.version,
        dataDir: services.config.dataDir,
        warnings: [...(services.config.warnings ?? [])],
      },
      outbound: await outboundHosts(tx, workspace, services),
    };
  });
}
