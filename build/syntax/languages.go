package syntax

import "strings"

// grammars are the languages that are known, by all their names.
var grammars = byName()

func set(words string) map[string]struct{} {
	out := map[string]struct{}{}
	for w := range strings.FieldsSeq(words) {
		out[w] = struct{}{}
	}
	return out
}

var slashes = [][2]string{{"/*", "*/"}}

const c = `auto break case char const continue default do double else enum extern float for goto if inline int long register return short signed sizeof static struct switch typedef union unsigned void volatile while `

var known = []struct {
	names   string
	grammar grammar
}{
	{"js javascript jsx mjs cjs node", grammar{line: []string{"//"}, block: slashes, long: []string{"`"}, quotes: `"'`, regexps: true, keywords: set(
		`async await break case catch class const continue debugger default delete do else export extends false finally for from function get if import in instanceof let new null of return set static super switch this throw true try typeof undefined var void while with yield`)}},
	{"ts typescript tsx mts", grammar{line: []string{"//"}, block: slashes, long: []string{"`"}, quotes: `"'`, regexps: true, keywords: set(
		`abstract any as asserts async await boolean break case catch class const continue declare default delete do else enum export extends false finally for from function get if implements import in infer instanceof interface is keyof let module namespace never new null number object of private protected public readonly return satisfies set static string super switch symbol this throw true try type typeof undefined unknown var void while yield`)}},
	{"go golang", grammar{line: []string{"//"}, block: slashes, long: []string{"`"}, raw: "`", quotes: `"'`, keywords: set(
		`any bool break byte case chan const continue default defer else error fallthrough false float32 float64 for func go goto if import int int32 int64 interface iota map nil package range return rune select string struct switch true type uint uint8 uint64 var`)}},
	{"c h", grammar{line: []string{"//"}, block: slashes, quotes: `"'`, keywords: set(c + `#include #define bool true false NULL`)}},
	{"c++ cpp cc cxx hpp arduino objc objective-c", grammar{line: []string{"//"}, block: slashes, quotes: `"'`, keywords: set(c +
		`bool catch class concept constexpr co_await co_return co_yield decltype delete dynamic_cast explicit export false friend mutable namespace new noexcept nullptr operator override private protected public requires static_cast template this throw true try typename using virtual`)}},
	{"c# cs csharp", grammar{line: []string{"//"}, block: slashes, long: []string{`"""`}, quotes: `"'`, keywords: set(
		`abstract as async await base bool break byte case catch char class const continue decimal default delegate do double else enum event explicit extern false finally float for foreach get if implicit in int interface internal is lock long namespace new null object operator out override params private protected public readonly record ref return sealed set short sizeof static string struct switch this throw true try typeof uint using var virtual void while yield`)}},
	{"java kotlin kt kts scala groovy gradle", grammar{line: []string{"//"}, block: slashes, long: []string{`"""`}, quotes: `"'`, keywords: set(
		`abstract assert boolean break byte case catch char class companion const continue data def default do double else enum extends false final finally float for fun if implements import in instanceof int interface internal is long native new null object open override package private protected public record return sealed short static super suspend switch synchronized this throw throws trait true try val var void volatile when while with yield`)}},
	{"swift dart", grammar{line: []string{"//"}, block: slashes, long: []string{`"""`, `'''`}, quotes: `"'`, keywords: set(
		`abstract any as assert associatedtype async await break case catch class const continue default defer deinit do dynamic else enum export extends extension factory fallthrough false final finally for func get guard if implements import in init inout interface internal is late lazy let library mixin new nil null on open operator override private protocol public repeat required rethrow return self set some static struct super switch this throw throws true try typealias var void weak where while with yield`)}},
	{"rust rs", grammar{line: []string{"//"}, block: slashes, quotes: `"`, keywords: set(
		`as async await bool break char const continue crate dyn else enum extern f32 f64 false fn for i32 i64 if impl in let loop match mod move mut pub ref return self Self static str String struct super trait true type u8 u32 u64 unsafe use usize where while`)}},
	{"php", grammar{line: []string{"//", "#"}, block: slashes, quotes: `"'`, sigil: "$", keywords: set(
		`abstract and array as bool break callable case catch class clone const continue declare default do echo else elseif empty enum extends false final finally fn for foreach function global if implements include instanceof int interface isset match namespace new null or private protected public readonly require return self static string switch throw trait true try unset use var void while yield`)}},
	{"python py python3 pycon starlark", grammar{line: []string{"#"}, long: []string{`"""`, "'''"}, quotes: `"'`, keywords: set(
		`and as assert async await break case class continue def del elif else except False finally for from global if import in is lambda match None nonlocal not or pass raise return self True try while with yield`)}},
	{"ruby rb crystal", grammar{line: []string{"#"}, quotes: `"'`, sigil: "@$", keywords: set(
		`alias and begin break case class def defined do else elsif end ensure false for if in module next nil not or private protected public raise redo require rescue retry return self super then true undef unless until when while yield`)}},
	{"perl pl", grammar{line: []string{"#"}, quotes: `"'`, sigil: "$@%", keywords: set(`and cmp else elsif eq for foreach if last local my ne next no not or our package print return sub undef unless until use while`)}},
	{"r julia jl elixir ex exs", grammar{line: []string{"#"}, long: []string{`"""`}, quotes: `"'`, keywords: set(
		`abstract after begin break case catch cond const def defmodule defp do else elseif end export false FALSE finally fn for function global if import in let library local macro module mutable NA next nil NULL quote raise receive repeat rescue return struct true TRUE try type unless using when where while with`)}},
	{"lua", grammar{line: []string{"--"}, quotes: `"'`, keywords: set(`and break do else elseif end false for function goto if in local nil not or repeat return then true until while`)}},
	{"haskell hs elm purescript", grammar{line: []string{"--"}, block: [][2]string{{"{-", "-}"}}, quotes: `"`, keywords: set(`case class data default deriving do else exposing family forall foreign if import in infix infixl infixr instance let module newtype of port qualified then type where`)}},
	{"clojure clj lisp scheme racket elisp", grammar{line: []string{";"}, quotes: `"`, dashes: true, keywords: set(`and cond def define defmacro defn defun do else fn if lambda let loop nil ns or quote recur require set t true false when`)}},
	{"sql mysql postgresql pgsql sqlite plsql", grammar{line: []string{"--"}, block: slashes, quotes: `'"`, caseless: true, keywords: set(
		`add all alter and any as asc begin between by cascade case check column commit constraint create cross database default delete desc distinct drop else end exists explain foreign from full function grant group having if in index inner insert into is join key left like limit not null offset on or order outer primary references right rollback select set table then transaction trigger true false union unique update using values view when where with`)}},
	{"sh bash shell zsh fish console shell-session sh-session", grammar{line: []string{"#"}, quotes: `"'`, raw: "'", sigil: "$", dashes: true, keywords: set(
		`break case continue do done elif else esac exit export fi for function if in local return select set shift then until while`)}},
	{"powershell ps1 pwsh", grammar{line: []string{"#"}, block: [][2]string{{"<#", "#>"}}, quotes: `"'`, sigil: "$", dashes: true, caseless: true, keywords: set(`begin break catch class continue do else elseif end exit finally for foreach function if in param process return switch throw trap try until while`)}},
	{"bat cmd dos batch", grammar{line: []string{"rem ", "REM ", "::"}, quotes: `"`, caseless: true, keywords: set(`call cd cls copy del do echo else endlocal exit exist for goto if in not pause rem set setlocal shift start`)}},
	{"dockerfile docker", grammar{line: []string{"#"}, quotes: `"'`, sigil: "$", keywords: set(`ADD ARG AS CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR`)}},
	{"makefile make mk cmake", grammar{line: []string{"#"}, quotes: `"'`, sigil: "$", keys: true, keywords: set(`define else endef endif export ifdef ifeq ifndef ifneq include override unexport`)}},
	{"nginx apache hcl tf terraform", grammar{line: []string{"#"}, block: slashes, quotes: `"'`, sigil: "$", dashes: true, keywords: set(`data dynamic for for_each if else false location locals module null on off output provider proxy_pass resource server terraform true upstream variable`)}},
	{"json json5 jsonc", grammar{line: []string{"//"}, block: slashes, quotes: `"'`, keys: true, keywords: set(`true false null`)}},
	{"yaml yml", grammar{line: []string{"#"}, quotes: `"'`, raw: "'", keys: true, dashes: true, keywords: set(`true false null yes no on off`)}},
	{"toml ini cfg conf properties env dotenv editorconfig", grammar{line: []string{"#", ";"}, long: []string{`"""`, "'''"}, quotes: `"'`, raw: "'", keys: true, dashes: true, keywords: set(`true false`)}},
	{"css scss sass less stylus postcss", grammar{line: nil, block: slashes, quotes: `"'`, sigil: "@$", keys: true, dashes: true, keywords: set(`important inherit initial unset none auto`)}},
	{"graphql gql proto protobuf", grammar{line: []string{"#", "//"}, block: slashes, long: []string{`"""`}, quotes: `"`, sigil: "$@", keywords: set(`bool bytes directive enum extend extends false float fragment implements import input int32 int64 interface message mutation null on oneof optional option package query repeated required reserved returns rpc scalar schema service string subscription syntax true type uint32 uint64 union`)}},
	{"zig nim v vlang solidity sol", grammar{line: []string{"//", "#"}, block: slashes, quotes: `"'`, keywords: set(`address and bool break catch comptime const continue contract defer elif else enum error event fn for func function if import in int let mapping match mut mutable nil null or orelse pragma proc pub public private return returns string struct switch test true false try type uint uint256 var view while`)}},
	{"html xml svg xhtml vue svelte astro rss xsl plist htm handlebars hbs ejs", grammar{form: tags}},
	{"diff patch", grammar{form: lines}},
}

func byName() map[string]*grammar {
	out := map[string]*grammar{}
	for i := range known {
		for name := range strings.FieldsSeq(known[i].names) {
			out[name] = &known[i].grammar
		}
	}
	return out
}
