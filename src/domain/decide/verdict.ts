import type { Control } from '../model/catalogue.ts';
import type { Evidence } from '../model/reading.ts';
import type { Verdict } from '../model/verdict.ts';
import { type Ask, type Message, questionText } from '../text/message.ts';

/** A verdict that lists nothing and rests on no check. */
export function verdict(
  control: Control,
  parts: {
    state: Verdict['state'];
    said: Message;
    asks?: readonly Ask[];
    evidence?: readonly Evidence[];
  },
): Verdict {
  return {
    control: control.id,
    version: control.version,
    state: parts.state,
    code: parts.said.code,
    params: parts.said.params,
    reason: parts.said.text,
    items: [],
    evidence: parts.evidence ?? [],
    asks: parts.asks ?? [],
    question: questionText(parts.asks ?? [], 'file'),
    due: null,
    goodUntil: null,
    rule: null,
    exception: null,
    tried: [],
  };
}
