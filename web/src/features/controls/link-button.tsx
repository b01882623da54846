import { Button, type ButtonProps } from '@mantine/core';
import { Link, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** An address of this console, made by a page at run time; the router reads it again when it goes there. */
function parts(href: string): { to: '/'; search: never } {
  const [path, query] = href.split('?');
  return {
    to: path as '/',
    search: Object.fromEntries(new URLSearchParams(query ?? '')) as never,
  };
}

/**
 * A link to an address of this console. Lists hold hundreds, and each of the router's own follows where the console is,
 * which a link in a list has no use for: it took half of the time that a list of clients needs to be drawn.
 */
export function AppLink({
  href,
  children,
  className,
}: {
  href: string;
  children: ReactNode;
  className?: string | undefined;
}) {
  const router = useRouter();
  const ready = () => void router.preloadRoute(parts(href)).catch(() => undefined);
  return (
    <a
      href={href}
      className={className}
      onMouseEnter={ready}
      onFocus={ready}
      onTouchStart={ready}
      onClick={(event) => {
        // A click that asks for another tab or window is the browser's.
        if (event.defaultPrevented || event.button !== 0) return;
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        void router.navigate(parts(href));
      }}
    >
      {children}
    </a>
  );
}

/** A button that leads somewhere. */
export function LinkButton({ href, ...button }: ButtonProps & { href: string; children: ReactNode }) {
  return <Button {...button} renderRoot={(props) => <Link {...props} {...parts(href)} />} />;
}
