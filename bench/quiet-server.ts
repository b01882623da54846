import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InjectOptions } from 'fastify';
import { profileSchema } from '../src/domain/model/profile.ts';
import { insertClient } from '../src/features/clients/create.ts';
import { createApp } from '../src/server/app.ts';
import { createServices } from '../src/server/services.ts';
import { newSecret } from '../src/store/identity/secrets.ts';
import { insertSession } from '../src/store/identity/sessions.ts';
import { insertUser } from '../src/store/identity/users.ts';
import { openStore } from '../src/store/open.ts';
import { openSealer } from '../src/store/seal.ts';

/** The whole server in this process, without a network, with an Owner who is signed in and one client. */
export async function quietServer() {
  const folder = await mkdtemp(join(tmpdir(), 'bylaw-bench-pauses-'));
  const store = await openStore({ dataDir: null });
  const now = new Date();
  const services = await createServices({
    store,
    sealer: await openSealer({ keyFile: join(folder, 'secret.key') }),
    config: {
      origin: 'http://127.0.0.1:7700',
      dataDir: folder,
      privateHosts: [],
      forwardFolders: [],
      resolvers: ['127.0.0.1:9'],
      vendorUrls: { anthropic: 'http://127.0.0.1:9', microsoft_mail: 'http://127.0.0.1:9' },
      version: 'bench',
      build: 'bench',
    },
  });
  const app = await createApp({ services, webFolder: null, trustProxy: [] });
  const profile = profileSchema.parse({
    name: 'Alder',
    domains: ['alder.example.org'],
    claudePlan: 'team',
    m365: 'business_premium',
    timezone: 'UTC',
  });
  const id = randomUUID();
  const secret = newSecret();
  const client = await store.write('system', async (tx) => {
    await insertUser(tx, {
      id,
      email: 'olive@msp.example',
      name: 'Olive',
      password: null,
      now,
      proven: 'mail',
    });
    await tx
      .insertInto('grants')
      .values({
        id: randomUUID(),
        user_id: id,
        client_id: null,
        effect: 'allow',
        role: 'owner',
        permission: null,
        granted_by: id,
        created_at: now,
      })
      .execute();
    await insertSession(tx, {
      userId: id,
      secret,
      method: 'passkey',
      ip: '127.0.0.1',
      userAgent: 'bench',
      now,
    });
    return insertClient(tx, { name: 'Alder', profile, sandbox: false, now });
  });
  return {
    services,
    slug: client.slug,
    cookie: `bylaw_session=${secret}`,
    inject: async (options: InjectOptions) => {
      const answer = await app.inject(options);
      return { status: answer.statusCode, headers: answer.headers, body: null, bytes: answer.rawPayload };
    },
    close: async () => {
      await app.close();
      await services.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
