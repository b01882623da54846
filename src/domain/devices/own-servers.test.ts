import { expect, it } from 'vitest';
import { withKinds } from '../charter/connector-kind.ts';
import type { Charter } from '../model/charter.ts';
import { readClause } from './clauses.ts';
import { ownServers } from './servers.ts';

const entry = (id: string, title: string, directory: 'confirmed' | 'no') => ({
  id,
  name: title,
  aliases: [],
  directory,
  actions: [],
});
const CATALOGUE = { connectors: [entry('asana', 'Asana', 'confirmed')] } as never;

const said = (connectors: object[]) => {
  const charter = withKinds({ connectors } as Charter, CATALOGUE);
  return {
    answer: readClause(charter, 'tools_of_custom_servers').answer,
    servers: ownServers(charter, '2026-11-30').map(({ name }) => name),
  };
};

it('does not assume that an unknown connector is from the directory', () => {
  expect(said([{ name: 'Asana', actions: {} }])).toEqual({ answer: 'no', servers: [] });
  expect(said([{ name: 'Chapter Portal', actions: {} }])).toEqual({ answer: null, servers: [] });
  expect(said([{ name: 'Chapter Portal', kind: 'directory', actions: {} }])).toEqual({
    answer: 'no',
    servers: [],
  });
  expect(said([{ name: 'Chapter Portal', url: 'https://portal.alder.example/mcp', actions: {} }])).toEqual({
    answer: 'yes',
    servers: ['Chapter Portal'],
  });
  // An own server may have the same name as one in the directory.
  expect(said([{ name: 'Asana', url: 'https://asana.alder.example/mcp', actions: {} }])).toEqual({
    answer: 'yes',
    servers: ['Asana'],
  });
});
// Guide: G1.1-13
