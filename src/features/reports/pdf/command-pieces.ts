/** Characters of a command that fit in one line of the appendix, on A4 and on Letter. */
export const COMMAND_WIDTH = 98;

/** What a token outside quotes may be cut after, if a line would otherwise be left half empty. */
const JOINTS = /[^,;&?{]*[,;&?{]+|[^,;&?{]+/gu;
const WORTH_CUTTING = 24;

/**
 * A line of a command as pieces between which a line on paper may end: at spaces outside quotes, and in long addresses
 * and JSON after a comma or the like. Ids, names and quoted texts with spaces stay whole, because a copied line break
 * inside of them would change what the command does. Joined, the pieces are the command.
 */
export function commandPieces(line: string): readonly string[] {
  return (line.match(/\s+|(?:"[^"]*"|[^\s"])+|"/gu) ?? []).flatMap((token) =>
    token.length <= WORTH_CUTTING ? [token] : jointed(token).flatMap(fitting),
  );
}

/** Quoted parts are kept whole with what follows up to the next joint. */
function jointed(token: string): readonly string[] {
  const list: string[] = [];
  let open = '';
  for (const part of token.match(/"[^"]*"|[^"]+|"/gu) ?? []) {
    if (part.startsWith('"')) {
      open += part;
      continue;
    }
    for (const piece of part.match(JOINTS) ?? []) {
      open += piece;
      if (!/[,;&?{]$/u.test(piece)) continue;
      list.push(open);
      open = '';
    }
  }
  return open === '' ? list : [...list, open];
}

/** A piece longer than a line is cut after a slash of it, or else where the line ends. */
function fitting(piece: string): readonly string[] {
  if (piece.length <= COMMAND_WIDTH) return [piece];
  const slash = piece.lastIndexOf('/', COMMAND_WIDTH - 1) + 1;
  const end = slash > 0 ? slash : COMMAND_WIDTH;
  return [piece.slice(0, end), ...fitting(piece.slice(end))];
}
