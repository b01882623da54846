import type { AnyContractProcedure } from '@orpc/contract';
import { isContractProcedure } from '@orpc/contract';
import type { ActionTitles } from '#features/context.ts';
import type { Operation, OperationMeta } from '#features/operation.ts';
import { contract } from './contract.ts';

/** Audit actions that several operations record, so that no single operation's title describes them. */
const OF_SEVERAL: Readonly<Record<string, string>> = {
  'access.grant': 'Give a person a role, or deny them something',
  'access.take': 'Remove a role or a denial',
  'account.prove': 'Confirm one’s identity',
  'alerts.settle': 'Say what an alert is',
  'changes.plan': 'Plan a change to an outside system',
  'charter.draft.edit': 'Change a draft of the charter',
  'charter.draft.make': 'Start a draft of the charter',
  'controls.assign': 'Assign a control',
  'invitations.accept': 'Accept an invitation',
  'invitations.create': 'Invite a person',
  'invitations.resend': 'Send an invitation again',
  'invitations.revoke': 'Revoke an invitation',
  'journeys.edit': 'Change the day or the owner of an offboarding or onboarding',
  'journeys.start': 'Start the offboarding or onboarding of a person',
  'people.decide': 'Decide who someone is',
  'tokens.revoke': 'Revoke a token',
};

/** Titles of audit actions that are not simply the title of one operation. */
export function sharedActions(): string[] {
  return Object.keys(OF_SEVERAL);
}

/** Title of each audit action: that of its only operation, or the shared one above. */
export function actionTitles(): ActionTitles {
  return new Map([
    ...operations().flatMap(({ meta, title }) => (meta.audit === null ? [] : [[meta.audit, title] as const])),
    ...Object.entries(OF_SEVERAL),
  ]);
}

let all: readonly Operation[] | null = null;

/** Every operation of the contract, in order; the same array on every call. */
export function operations(): readonly Operation[] {
  all ??= operationsIn(contract, []);
  return all;
}

function operationsIn(tree: unknown, path: readonly string[]): readonly Operation[] {
  if (isContractProcedure(tree)) return [described(tree, path)];
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([key, value]) => operationsIn(value, [...path, key]));
}

function described(procedure: AnyContractProcedure, path: readonly string[]): Operation {
  const { route, meta } = procedure['~orpc'];
  if (route.method === undefined || route.path === undefined)
    throw new Error(`${path.join('.')} was not made by operationsOf(): it has no method and path`);
  return {
    path,
    method: route.method,
    route: route.path,
    title: route.summary ?? path.join(' '),
    description: route.description ?? null,
    feature: route.tags?.[0] ?? path[0] ?? '',
    meta: meta as OperationMeta,
    procedure,
  };
}
