import { count, dayWords, names } from '../../../../src/domain/text/words.ts';
import type { client } from '../../api.ts';
import type { VerdictState } from '../../theme/tokens.ts';

export type ShadowAi = Awaited<ReturnType<typeof client.network.shadowAi>>;
export type Tool = ShadowAi['tools'][number];
type Decision = Tool['decision'];

export const DECISION_WORDS: Readonly<Record<Decision, string>> = {
  none: 'Not decided',
  approved: 'Approved',
  tolerated: 'Tolerated',
  forbidden: 'Forbidden',
  lapsed: 'No longer allowed',
};

export const KIND_WORDS: Readonly<Record<NonNullable<Tool['kind']>, string>> = {
  assistant: 'Assistant',
  coding: 'Writing code',
  search: 'Search and research',
  writing: 'Writing',
  meeting: 'Meetings',
  media: 'Pictures, sound and video',
  platform: 'Models for programs',
};

/** A tool that got through although nothing allows it fails; one that was blocked every time does not. */
export function decisionMark({ decision, gotThrough, askedOnly }: Tool): VerdictState {
  if (decision === 'approved') return 'pass';
  if (decision === 'tolerated') return 'accepted';
  if (decision === 'forbidden' && askedOnly) return 'cannot_read';
  if (gotThrough) return 'fail';
  return decision === 'forbidden' ? 'pass' : 'not_applicable';
}

export function decisionWords(tool: Tool): string {
  const words = DECISION_WORDS[tool.decision];
  const until = tool.until === null ? '' : ` until ${dayWords(tool.until)}`;
  const refused = tool.askedOnly
    ? ', only its name looked up'
    : tool.gotThrough
      ? ''
      : ', refused every time';
  return `${words}${tool.decision === 'tolerated' ? until : ''}${refused}`;
}

export function whoWords({ people, devices }: Pick<Tool, 'people' | 'devices'>): string {
  return people === null ? count(devices, 'device') : count(people, 'person', 'people');
}

/** Example: "3.1 MB"; null: not reported. */
export function bytesWords(bytes: number | null): string {
  if (bytes === null) return 'Not reported';
  if (bytes < 1000) return `${bytes} B`;
  const [unit, size] = bytes < 1e6 ? ['kB', 1e3] : bytes < 1e9 ? ['MB', 1e6] : (['GB', 1e9] as const);
  return `${Math.round((bytes / Number(size)) * 10) / 10} ${unit}`;
}

/** The finding in two sentences, as the text alternative of the chart. */
export function findingWords({ logs, claude, tools }: ShadowAi): string {
  if (!logs.read) return 'No network log has been read, so it is not known which AI tools are in use.';
  const through = tools.filter(({ gotThrough }) => gotThrough);
  const open = through.filter((tool) => decisionMark(tool) === 'fail');
  const seen =
    through.length === 0
      ? claude === null
        ? 'The logs show no AI tool, not even Claude, so they may not see what staff use.'
        : 'Apart from Claude, no AI tool got through.'
      : `Apart from Claude, ${count(through.length, 'AI tool')} got through: ${names(
          through.map(({ title }) => title),
          4,
        )}.`;
  return open.length === 0
    ? seen
    : `${seen} Nothing allows ${names(
        open.map(({ title }) => title),
        4,
      )}.`;
}
