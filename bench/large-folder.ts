import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const DOMAIN = 'large.example.org';
const EVENTS = [
  'user_signed_in_sso',
  'conversation_created',
  'file_uploaded',
  'project_created',
  'org_user_invite_sent',
  'user_signed_out',
];

/** Writes the files of an Enterprise client, by default with 3,000 staff and an audit log of 200,000 rows. */
export function writeLargeFolder(folder: string, staff = 3000, events = 200_000): string {
  mkdirSync(folder, { recursive: true });
  const person = (index: number) => ({
    name: `Given${index} Family${index % 997}x${index}`,
    mail: `given${index}.family@${DOMAIN}`,
  });
  writeFileSync(
    join(folder, 'client.yaml'),
    `name: Large Association\ndomains: [${DOMAIN}]\nclaudePlan: enterprise\nclaudeSeats: ${staff}\nm365: e5\nswg: zscaler\nsiem: none\ntimezone: America/Chicago\nasOf: 2026-11-24\n`,
  );
  const people = Array.from({ length: staff }, (_, index) => person(index));
  writeFileSync(
    join(folder, 'people.csv'),
    [
      'Name,Email,Role,Seat type',
      ...people.map((p, i) => `${p.name},${p.mail},${i === 0 ? 'Primary Owner' : 'User'},Enterprise`),
    ].join('\n'),
  );
  writeFileSync(
    join(folder, 'hr.csv'),
    [
      'Employee ID,Full name,Work email,Employment status,Termination date',
      ...people.map(
        (p, i) => `E${i},${p.name},${p.mail},${i % 100 === 7 ? 'Terminated,2026-10-01' : 'Active,'}`,
      ),
    ].join('\n'),
  );
  const lines = [
    'created_at,actor_info,event,event_info,entity_info,ip_address,device_id,user_agent,client_platform',
  ];
  for (let n = 0; n < events; n += 1) {
    const p = person(n % staff);
    const at = new Date(Date.UTC(2026, 5, 1) + n * 76_000).toISOString();
    const actor = `{'name': '${n % 50 === 0 ? "Reece O'Sullivan" : p.name}', 'uuid': 'u-${n % staff}', 'metadata': {'email_address': '${p.mail}'}}`;
    lines.push(
      `${at},"${actor}",${EVENTS[n % EVENTS.length]},{},"{'type': 'account', 'uuid': 'e-${n}', 'name': 'x', 'metadata': {}}",203.0.113.${n % 250},dev-${n % 4000},Mozilla/5.0,`,
    );
  }
  writeFileSync(join(folder, 'audit.csv'), lines.join('\n'));
  return join(folder, 'client.yaml');
}
