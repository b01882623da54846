import type { AgentPackageRow } from '#domain/model/kinds.ts';
import { flag, type JsonObject, member, text } from '../exports/kinds/json-values.ts';
import { required } from './directory.ts';

/**
 * An entry of the Microsoft Agent 365 catalog (copilotPackage, learn.microsoft.com, page of 2026-06-30). Entries about
 * Claude are recognized by name, so an entry without a name is rejected.
 */
export function readAgentPackage(item: JsonObject, file: string, row: number): AgentPackageRow {
  return {
    file,
    row,
    id: required(item, 'id', 'agent', row),
    appId: appIdOf(item),
    name: required(item, 'displayName', 'agent', row),
    about: text(member(item, 'shortDescription')),
    publisher: text(member(item, 'publisher')),
    type: text(member(item, 'type')),
    blocked: flag(member(item, 'isBlocked')),
    availableTo: text(member(item, 'availableTo')),
    deployedTo: text(member(item, 'deployedTo')),
  };
}
/** All zeros: no application. */
function appIdOf(item: JsonObject): string | null {
  const id = text(member(item, 'appId'));
  return id === null || /^[0-]+$/.test(id) ? null : id;
}
// Guide: G6.1-04
