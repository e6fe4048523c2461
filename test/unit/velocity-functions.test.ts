// API Gateway's part of mapping templates: $input, $util, $context, and the Java methods on what they give.
import { describe, expect, it } from 'vitest';
import { type Given, refusalsOf, textOf } from './velocity-fixture.ts';

describe('$input', () => {
  const given: Given = {
    path: { id: 'a%2Fb%20c' },
    query: 'id=query&page=1%2B1&page=2+3',
    headers: ['ID', 'header', 'X-Trace', 'one', 'x-trace', 'two'],
  };

  it('looks for a parameter in the path, the query and the headers, in this order', () => {
    expect(textOf("$input.params('id')|$input.params('page')|$input.params('X-TRACE')|$input.params('nowhere')|", given)).toBe(
      'a/b c|2 3|two||',
    );
  });

  it('lists parameters by where they are', () => {
    expect(textOf('#set($p = $input.params())$p.path.id $p.querystring.get("id") $p.header.keySet()', given)).toContain(
      'a/b c query ["ID","X-Trace"',
    );
    expect(textOf('#foreach($h in $input.params().header.keySet())$h=$input.params($h);#end', given)).toContain(
      'ID=header;X-Trace=two;x-trace=two;',
    );
    expect(textOf('#foreach($n in $input.params().querystring.keySet())$n=$input.params().querystring.get($n);#end', given)).toBe(
      'id=query;page=2 3;',
    );
  });

  it('reads the body as text and as JSON', () => {
    const body = '{"a": {"b c": [1, {"d": "x"}]}, "n": null}';
    expect(textOf("$input.path('$.a.b')$input.body", { body: '{}' })).toBe("$input.path('$.a.b'){}");
    expect(textOf(`$input.path("$.a['b c'][1].d")|$input.json('$.a')|$input.json('$.missing')|$input.path('$').a.size()`, { body })).toBe(
      'x|{"b c":[1,{"d":"x"}]}|""|1',
    );
    expect(textOf("$input.body$input.json('$')")).toBe('{}{}');
  });

  it('refuses a body that is no JSON with a 400, only where it is read as JSON', () => {
    expect(() => textOf("$input.path('$.a')", { body: '{' })).toThrow('Could not parse request body into json');
    expect(textOf('$input.body', { body: '{' })).toBe('{');
  });
});

describe('$util', () => {
  const of = (expression: string, value: unknown) => textOf(`#set($v = $input.path('$.v'))${expression}`, { answer: { v: value } });

  it('escapes as commons-lang does: quotes, slashes, controls and all beyond ASCII', () => {
    expect(of('$util.escapeJavaScript($v)', `"'\\/\b\f\n\r\t\u0001é€😀~`)).toBe(
      `\\"\\'\\\\\\/\\b\\f\\n\\r\\t\\u0001\\u00E9\\u20AC\\uD83D\\uDE00~`,
    );
    expect(of('$util.escapeJavaScript($v)', 5)).toBe('5');
    expect(of('$!util.escapeJavaScript($v)', null)).toBe('');
  });

  it('parses JSON', () => {
    expect(of('$util.parseJson($v).a[0].b', '{"a": [{"b": "x"}]}')).toBe('x');
    expect(() => of('$util.parseJson($v)', '{')).toThrow('Internal server error');
  });

  it('encodes and decodes as Java does', () => {
    expect(of('$util.urlEncode($v)', "a b&c/é~!'()*")).toBe('a+b%26c%2F%C3%A9%7E%21%27%28%29*');
    expect(of('$util.urlDecode($v)', 'a+b%26%C3%A9')).toBe('a b&é');
    expect(() => of('$util.urlDecode($v)', '%')).toThrow('Internal server error');
    expect(of('$util.base64Encode($v) $util.base64Decode($util.base64Encode($v))', 'é')).toBe('w6k= é');
  });
});

describe('$context and $stageVariables', () => {
  it('have what the request is known by', () => {
    expect(
      textOf("$context.requestId $context.identity.sourceIp $stageVariables.a $stageVariables['b'] [$!stageVariables.c]", {
        stageVariables: { a: '1', b: '2' },
      }),
    ).toBe('request-1 127.0.0.1 1 2 []');
  });
});

describe('a Java method', () => {
  const of = (call: string, v: unknown = "it's 1/2") => textOf(`#set($v = $input.path('$.v'))$v${call}`, { answer: { v } });

  it('works on texts', () => {
    expect(of(".replaceAll('[a-z]+', 'x')")).toBe("x'x 1/2");
    expect(of(".replace('1', '$&')")).toBe("it's $&/2");
    expect(
      [".contains('s')", ".startsWith('it')", ".equals('it')", '.isEmpty()', ".matches('it')", ".matches('it.*')"].map((call) => of(call)),
    ).toEqual(['true', 'true', 'false', 'false', 'false', 'true']);
    expect(of('.length()')).toBe('8');
    expect(of('.toLowerCase()', 'ÄB')).toBe('äb');
  });

  it('turns escaped single quotes back, as templates for JSON must', () => {
    expect(
      textOf(`#set($v = $input.path('$.v'))$util.escapeJavaScript($v).replaceAll("\\\\'","'")`, { answer: { v: `it's \\' "q"` } }),
    ).toBe(`it's \\\\' \\"q\\"`);
  });

  it('works on lists and maps, and gives no value on anything else', () => {
    expect(of('.size()', [1, 2])).toBe('2');
    expect(of('.isEmpty()', [])).toBe('true');
    expect(of(".containsKey('a')", { a: 1 })).toBe('true');
    expect(of('.size()', 'text')).toBe('$v.size()');
    expect(of('.length()', [1])).toBe('$v.length()');
  });
});

describe('a template is refused for', () => {
  it.each([
    ['an unknown function', '$util.toJson($input.body)', '$util.toJson'],
    ['a function with too few arguments', '$util.urlEncode()', '$util.urlEncode'],
    ['a name that it never sets', '{"a": "$foo.bar"}', '$foo.bar'],
    ['a name before it is set', '$x#set($x = 1)', '$x'],
    ['the name of a loop outside of it', '#foreach($x in [1])$x#end$foreach.index', '$foreach.index'],
    ['an unknown context variable', '$context.authorizer.principalId', '$context.authorizer'],
    ['error variables, which belong to gateway responses', '$context.error.message', '$context.error.message'],
    ['the whole context', '$context', '$context'],
    ['an unknown part of the input', '$input.headers', '$input.headers'],
    ['a path with a filter', "$input.path('$.a[?(@.b)]')", '$.a[?(@.b)]'],
    ['a path that is not written out', "#set($p = '$.a')$input.json($p)", '$input.json'],
    ['the override of a request', "#set($context.requestOverride.path.a = 'x')", '$context.requestOverride.path.a'],
    ['setting a property', '#set($x = {})#set($x.a = 1)', '$x.a'],
    ['a macro', '#macro(m)x#end', '#macro'],
    ['the call of a macro', "#parse('x')", '#parse'],
    ['#include', "#include('x')", '#include'],
    ['#define', '#define($x)a#end', '#define'],
    ['#break', '#foreach($x in [1])#break#end', '#break'],
    ['arithmetic beyond sums', '#set($x = 1 * 2)', '`*`'],
    ['a range', '#foreach($x in [1..3])#end', '[a..b]'],
    ['an unknown method', '$input.body.substring(1)', '.substring'],
    ['a method with other arguments', '$input.body.length(1)', '.length'],
    ['a regular expression of Java only', "$input.body.replaceAll('(?i)x', 'y')", '(?i)x'],
    ['a replacement with a group', "$input.body.replaceAll('(x)', '$1')", '$1'],
    ['what stands in double quotes', '#set($x = "$foo")', '$foo'],
    ['what stands in arguments', '$util.urlEncode($foo)', '$foo'],
    ['a missing #end', '#if($input.body == 1) x', '#end'],
    ['an #end too many', 'x#end y', '#end'],
    ['an #else of its own', 'x #else y', '#else'],
    ['what is no Velocity', '#set($x = )', 'no Velocity'],
  ])('%s', (_, source, named) => {
    expect(refusalsOf(source).join('\n')).toContain(named);
  });
});
