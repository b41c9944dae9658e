/** Checks every import of every house against floors.ts. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type House, houses } from './floors.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

interface Import {
  /** The imported file of the house without its ending, or the name of the package. */
  target: string;
  isPackage: boolean;
  /** Whether only types are imported; such an import does not exist at run time. */
  isType: boolean;
}

const endingsOf = (ending: string) => (ending === 'ts' ? /\.(m?ts|tsx)$/ : /\.mjs$/);

/** The files of a house without their endings; tests do not belong to it. */
function filesOf({ folder, ending = 'ts' }: House): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endingsOf(ending).test(entry.name))
    .filter((entry) => !/\.(full\.)?(test|test-support)\.ts$/.test(entry.name))
    .map((entry) => relative(join(root, folder), join(entry.parentPath, entry.name)).replace(endingsOf(ending), ''));
}

const known = new Map<string, Import[]>();

function importsOf(house: House, file: string): Import[] {
  const key = `${house.folder} ${file}`;
  const found = known.get(key) ?? readImports(house, file);
  known.set(key, found);
  return found;
}

function readImports({ folder, ending = 'ts' }: House, file: string): Import[] {
  const path = join(root, folder, file);
  const text = readFileSync(existsSync(`${path}.tsx`) ? `${path}.tsx` : `${path}.${ending}`, 'utf8');
  const found = [
    ...text.matchAll(/^\s*(?:import|export)\s+(type\s)?[^;'"]*?\sfrom\s+['"]([^'"]+)['"]/gm),
    ...text.matchAll(/^\s*import\s+()['"]([^'"]+)['"]/gm),
    ...text.matchAll(/\bimport\s*\(\s*()['"]([^'"]+)['"]/g),
  ];
  // A script imports its own files with their ending. Other imports in it are texts that it writes into other files.
  const own = found.filter(([, , from]) => ending === 'ts' || !from!.startsWith('.') || from!.endsWith(`.${ending}`));
  return own.map(([, type, from]) => {
    const isPackage = !from!.startsWith('.');
    const at = resolve(dirname(path), from!.replace(/\.(js|mjs|ts|svg|css)$/, ''));
    return {
      target: isPackage ? from! : relative(join(root, folder), at),
      isPackage,
      isType: type !== undefined && type !== '',
    };
  });
}

/** A folder stands for the file `index` in it. */
const isIn = (file: string, name: string) => file === name || file.startsWith(`${name}/`);

interface Place {
  name: string;
  floor: number;
}
const places = new Map<string, Place | undefined>();

/** The place of the longest name that covers a file, and its height. */
function placeOf(house: House, file: string): Place | undefined {
  const key = `${house.folder} ${file}`;
  if (!places.has(key)) {
    const all = house.floors.flatMap((names, floor) => names.map((name) => ({ name, floor })));
    const over = all.filter(({ name }) => isIn(file, name));
    places.set(key, over.sort((one, other) => other.name.length - one.name.length)[0]);
  }
  return places.get(key);
}

/** What is wrong with an import; undefined if nothing is. */
function fault(house: House, file: string, { target, isPackage }: Import): string | undefined {
  if (isPackage) {
    const isOurs = target.startsWith('@llama-canister/');
    return isOurs && !(house.packages ?? []).includes(target) ? `${file} imports ${target}` : undefined;
  }
  const here = placeOf(house, file)!;
  const there = placeOf(house, target);
  if (there === undefined) return `${file} imports ${target}, which is in no room of ${house.folder}`;
  const isPastDoor = (house.doors ?? []).some(
    ({ into, from, by }) => isIn(file, from) && isIn(target, into) && !by.includes(target),
  );
  const isApart = (house.apart ?? []).some(([who, what]) => isIn(file, who) && isIn(target, what));
  const isBelow = there.floor < here.floor || there.name === here.name;
  return isBelow && !isApart && !isPastDoor ? undefined : `${file} imports ${target}`;
}

describe.each(houses.map((house) => [house.folder, house] as const))('%s', (_, house) => {
  const files = filesOf(house);

  it('has a floor for every file, and lists nothing twice', () => {
    expect(files.filter((file) => placeOf(house, file) === undefined)).toEqual([]);
    const names = house.floors.flat();
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    expect(names.filter((name) => !files.some((file) => isIn(file, name)))).toEqual([]);
  });

  it('imports downwards only', () => {
    const faults = files.flatMap((file) => importsOf(house, file).map((each) => fault(house, file, each)));
    expect(faults.filter((each) => each !== undefined)).toEqual([]);
  });

  it('has no cycle of imports', () => {
    const done = new Set<string>();
    const visit = (file: string, way: string[]): void => {
      expect(way.includes(file) ? [...way, file] : []).toEqual([]);
      if (done.has(file) || !files.includes(file)) return;
      for (const { target, isPackage, isType } of importsOf(house, file)) {
        if (!isPackage && !isType) visit(files.includes(target) ? target : `${target}/index`, [...way, file]);
      }
      done.add(file);
    };
    for (const file of files) visit(file, []);
  });

  it.each((house.doors ?? []).map((door) => [`${door.into} from ${door.from}`, door] as const))(
    'has one door: %s',
    (_name, { into, from, by, not }) => {
      const outside = files.filter((file) => isIn(file, from));
      const ways = new Set(outside.flatMap((file) => importsOf(house, file).map(({ target }) => target)));
      expect(by.filter((file) => !ways.has(file))).toEqual([]);
      const text = (file: string) => readFileSync(join(root, house.folder, `${file}.ts`), 'utf8');
      expect(outside.filter((file) => not.test(text(file)))).toEqual([]);
      // An import past the door is found in whichever file it is.
      const past = files.filter((file) => isIn(file, into) && !by.includes(file));
      expect(past.length).toBeGreaterThan(0);
      const unnoticed = outside.flatMap((file) =>
        past.filter((target) => fault(house, file, { target, isPackage: false, isType: true }) === undefined),
      );
      expect(unnoticed).toEqual([]);
    },
  );

  it('would find an upward import in any file', () => {
    const unnoticed = files.flatMap((file) => {
      const floor = placeOf(house, file)!.floor;
      return files
        .filter((target) => placeOf(house, target)!.floor > floor)
        .filter((target) => fault(house, file, { target, isPackage: false, isType: true }) === undefined);
    });
    expect(unnoticed).toEqual([]);
  });
});
