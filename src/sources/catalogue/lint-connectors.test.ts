import { describe, expect, it } from 'vitest';
import type { Connector } from '#domain/model/catalogue.ts';
import { lintConnector } from './lint-connectors.ts';
import { sharedCatalogue } from './testing/shared.ts';

const { connectors } = sharedCatalogue();

function problems(id: string, change: (connector: Connector) => void): readonly string[] {
  const connector = structuredClone(connectors.find((one) => one.id === id));
  if (connector === undefined) throw new Error(`no connector ${id}`);
  change(connector);
  const said: string[] = [];
  lintConnector(connector, (says) => said.push(says));
  return said;
}

const action = (connector: Connector, id: string) => {
  const found = connector.actions.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no action ${id}`);
  return found;
};

const rated = (id: string, of: string, baseline: 'allow' | 'ask' | null) =>
  problems(id, (connector) => {
    action(connector, of).baseline = baseline;
  });

describe('lint of a connector', () => {
  it('finds nothing in those that ship', () => {
    for (const { id } of connectors)
      expect(
        problems(id, () => {}),
        id,
      ).toEqual([]);
  });

  it('asks of each tool that sends whether Claude offers Always allow for it', () => {
    const silent = problems('gmail', (one) => {
      delete action(one, 'send_mail').alwaysAllowOffered;
    });
    expect(silent).toEqual([
      expect.stringMatching(/^action send_mail sends and must state alwaysAllowOffered/),
    ]);
  });

  it('wants a limit in words where Always allow is not offered', () => {
    expect(
      problems('microsoft365_outlook', (one) => {
        one.limits = null;
      }),
    ).toHaveLength(5);
  });

  it('lets no baseline be looser than the rule: what does more than read is never allow, and an AMS is read only', () => {
    expect(rated('asana', 'create_tasks', 'allow')).toEqual([
      'action create_tasks does more than read, so its baseline cannot be allow',
    ]);
    expect(rated('imis', 'update_records', 'ask')).toEqual([
      'action update_records of a membership system does more than read, so its baseline must be blocked',
    ]);
    expect(rated('asana', 'create_tasks', null)).toHaveLength(1);
  });

  it('finds contradictions: member data, limits of actions that do not exist, an action twice', () => {
    expect(
      problems('asana', (one) => {
        one.dataClasses = ['tasks', 'member_pii'];
        one.limits = [{ says: 'A limit.', actions: ['paint_tasks'] }];
        one.actions.push({ ...action(one, 'read_tasks') });
      }),
    ).toEqual([
      'action read_tasks is there twice',
      'holdsMemberData and member_pii under “dataClasses” must agree',
      'a limit names the action paint_tasks, which does not exist',
    ]);
  });

  it('asks for a spelling by which a charter can name an action alone', () => {
    const only = problems('asana', (one) => {
      Object.assign(action(one, 'reassign'), { id: 'admin', title: 'Admin', aliases: [] });
    });
    expect(only).toEqual([
      'action admin has no spelling by which a charter could name it alone; add an alias',
    ]);
  });
});
// Guide: G2.2-22 G2.2-23
