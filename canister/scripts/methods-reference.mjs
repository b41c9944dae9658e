// docs/methods.md: the methods of canister/llama.did with who may call them, and what they do.

/** The marks of llama.did in words. */
const WHO = {
  anyone: 'everybody',
  named: 'everybody but the anonymous caller',
  chat: 'callers whom the access level admits, and AdminUpdate',
  ask: 'callers whom the access level admits, and AdminQuery',
  inspect: 'AdminQuery, AdminUpdate, controllers',
  administer: 'AdminUpdate, controllers',
  control: 'controllers',
};

function methodOf(comments, name, types, isQuery) {
  const mark = comments.find((line) => line.startsWith('access: '));
  const [who, ...more] = mark.slice('access: '.length).split(', ');
  const text = comments.filter((line) => line !== mark).join('\n');
  const how = [isQuery ? 'query' : 'update', WHO[who], ...more].join('; ');
  return [`### ${name}`, `\`\`\`candid\n${name} : ${types};\n\`\`\``, `*${how}*`, text]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** @param did  the text of llama.did */
export function methodsReference(did) {
  const service = did.slice(did.indexOf('\nservice : {'));
  const method = /((?:^ {2}\/\/ .*\n)+) {2}(\w+) : ((?:(?!;\n)[\s\S])*);\n/gm;
  const methods = [...service.matchAll(method)].map(([, comments, name, types]) => {
    const lines = comments
      .trim()
      .split('\n')
      .map((line) => line.trim().replace(/^\/\/ /, ''));
    return methodOf(lines, name, types.replace(/\s+/g, ' '), / query$/.test(types));
  });
  return `# Methods

All methods of the canister. This file is generated from \`canister/llama.did\`, which has the types:
\`npm run generate -w canister\` writes it, and a test compares. In front of each text stands whether it is a query, who may call
it, and how long its argument may be; "certified" queries may also be sent as updates, so that the subnet signs the answer.
[Administration](administration.md) has the roles and the access level.

${methods.map((each) => each.replaceAll(/(^|[^`\\])<(?=[a-z])/g, '$1\\<')).join('\n\n')}
`;
}
