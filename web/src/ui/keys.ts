import { useLayoutEffect, useRef } from 'react';

type Handler = (event: KeyboardEvent) => void;

const SETTING = 'bylaw.single-keys';
const handlers = new Map<string, Handler[]>();
let prefix: { key: string; until: number } | null = null;
let listening = false;

/** Whether single-letter shortcuts are on. People who dictate turn them off; stored in this browser. */
export function singleKeysOn(): boolean {
  try {
    return localStorage.getItem(SETTING) !== 'off';
  } catch {
    return true;
  }
}

export function switchSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(SETTING, on ? 'on' : 'off');
  } catch {
    // Without storage the shortcuts stay on.
  }
}

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'file'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/**
 * Open menus and dialogs have shortcuts of their own. A list's panel covers the page too, but the list's shortcuts
 * still work.
 */
function overlaid(): boolean {
  return document.querySelector('[role="menu"], .mantine-Modal-content, .mantine-Drawer-content') !== null;
}

function listen(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || overlaid()) return;
  const escapes = event.key === 'Escape';
  if (!escapes && (typing(event.target) || !singleKeysOn())) return;
  const pressed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const after = prefix !== null && prefix.until > event.timeStamp ? `${prefix.key} ` : '';
  prefix = null;
  const name = `${after}${pressed}`;
  const handler = handlers.get(name)?.at(-1);
  if (handler !== undefined) {
    event.preventDefault();
    handler(event);
  } else if (after === '' && [...handlers.keys()].some((key) => key.startsWith(`${pressed} `))) {
    prefix = { key: pressed, until: event.timeStamp + 1500 };
  }
}

/**
 * Handles a single key ("j", "Escape", "?") or a sequence of two ("g c"). The most recently mounted handler wins, so
 * that Esc closes the panel before it clears the selection. `act` null: disabled.
 */
export function useKey(key: string, act: Handler | null): void {
  const latest = useRef(act);
  latest.current = act;
  const on = act !== null;
  // A layout effect, so that a page and its shortcuts never mismatch.
  useLayoutEffect(() => {
    if (!on) return;
    if (!listening) {
      window.addEventListener('keydown', listen);
      listening = true;
    }
    const handler: Handler = (event) => latest.current?.(event);
    handlers.set(key, [...(handlers.get(key) ?? []), handler]);
    return () => {
      const left = (handlers.get(key) ?? []).filter((other) => other !== handler);
      if (left.length === 0) handlers.delete(key);
      else handlers.set(key, left);
    };
  }, [key, on]);
}
