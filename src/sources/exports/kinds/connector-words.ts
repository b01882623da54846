import type { Permission } from '#domain/model/kinds.ts';
import { words } from '../table/cells.ts';
import { inEnglish } from '../words/english.ts';

const PERMISSIONS: Readonly<Record<Permission, readonly string[]>> = {
  allow: [
    'always allow',
    'always allowed',
    'allow',
    'allowed',
    'allow always',
    'auto',
    'automatic',
    'automatically',
    'auto approve',
    'auto approved',
    'always',
    'permit',
    'permitted',
  ],
  ask: [
    'needs approval',
    'need approval',
    'ask',
    'asks',
    'always ask',
    'ask first',
    'ask every time',
    'approval',
    'approve',
    'confirm',
    'confirmation',
    'requires approval',
    'require approval',
    'approval required',
    'approval needed',
    'with approval',
    'prompt',
    'needs confirmation',
    'requires confirmation',
    'manual approval',
  ],
  blocked: [
    'blocked',
    'block',
    'denied',
    'deny',
    'off',
    'never',
    'never allow',
    'not allowed',
    'disallowed',
    'disabled',
    'prohibited',
    'forbidden',
  ],
};
const BY_WORDS = new Map(
  Object.entries(PERMISSIONS).flatMap(([permission, texts]) =>
    texts.map((text) => [text, permission as Permission] as const),
  ),
);
export const STATES = ['allow', 'ask', 'blocked'] as const satisfies readonly Permission[];

/** The three states of a tool, in the console's words, the interface's, and those of people. null: something else. */
export function permissionOf(text: string): Permission | null {
  return BY_WORDS.get(words(inEnglish(text))) ?? null;
}

/** Whether the words say that a connector is on or off. null: something else. */
export function enabledOf(text: string): boolean | null {
  const plain = words(inEnglish(text));
  if (/^(enabled|on|active|connected|available|yes|added|added to (the )?team|turned on|true)$/.test(plain))
    return true;
  return /^(disabled|off|inactive|not connected|unavailable|no|not enabled|not added|removed|turned off|false|disconnected)$/.test(
    plain,
  )
    ? false
    : null;
}
