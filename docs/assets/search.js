/* The search page. Nothing is loaded before the first search; the index of the page's own language is used.
   A query in everyday words is cut into words; each word is looked up with the words the pages use for it, and
   the pages that answer more of the words, and the rarer ones, come first. */
(function () {
  "use strict";

  var zh = document.documentElement.lang.indexOf("zh") === 0;
  var root = new URL(document.currentScript.src).pathname.replace(/assets\/search\.js$/, "");
  var form = document.getElementById("search-form");
  var input = document.getElementById("search-query");
  var status = document.getElementById("search-status");
  var list = document.getElementById("search-results");
  var engine = null;
  var latest = 0;
  var SHOWN = 8;
  // The number of an article is cut in many ways; what can be found is the document it stands in.
  var ARTICLE = /第[一二三四五六七八九十百]+[条款项]/g;
  // A page that has a word in its name or keywords counts once more. The engine's own bonus for it is out of all
  // proportion where a keyword continues another one, so it is off.
  var NAMED = 1;
  var RANKING = { pageLength: 0.5, metaWeights: { title: 0, keywords: 0, tails: 0 } };

  function load() {
    if (!engine) {
      engine = Promise.all([
        import(root + "pagefind/pagefind.js"),
        fetch(root + "assets/search-words.json").then(function (answer) { return answer.json(); })
      ]).then(function (both) {
        var pagefind = both[0];
        return pagefind.options({ baseUrl: root, noWorker: true, ranking: RANKING, excerptLength: zh ? 40 : 24 })
          .then(function () { return { pagefind: pagefind, words: both[1][zh ? "zh" : "en"] }; });
      });
    }
    return engine;
  }

  // Known phrases and words to leave out first, longest first, then the browser's own word borders.
  function cut(query, words) {
    var border = zh ? "" : " ";
    var rest = border + query.replace(ARTICLE, " ").toLowerCase().split(/[\s,.?!，。？！、“”《》]+/).join(" ") + border;
    var found = [];
    Object.keys(words.words).concat(words.stop).sort(longerFirst).forEach(function (phrase) {
      if (zh && phrase.length < 2 || rest.indexOf(border + phrase + border) < 0) return;
      if (words.words[phrase]) found.push(phrase);
      rest = rest.split(border + phrase + border).join(" ");
    });
    (zh ? segments(rest, words.stop) : rest.split(" ")).forEach(function (word) {
      if (word && found.indexOf(word) < 0) found.push(word);
    });
    return found.length ? found : [query];
  }

  function longerFirst(a, b) {
    return b.length - a.length;
  }

  // The index has word borders of its own: neighbouring single characters are looked up together, and a longer
  // word by its halves.
  function segments(text, stop) {
    if (!Intl.Segmenter) return text.split(" ");
    var found = [];
    var single = "";
    Array.from(new Intl.Segmenter("zh", { granularity: "word" }).segment(text + " ")).forEach(function (part) {
      var word = part.isWordLike && stop.indexOf(part.segment) < 0 ? part.segment : "";
      if (word.length === 1) { single += word; return; }
      found = found.concat(halves(single), halves(word));
      single = "";
    });
    return found;
  }

  function halves(word) {
    return word.length > 3 ? [word.slice(0, 2), word.slice(2)] : [word];
  }

  // All parts of the index are there before the first word is looked up: the engine also answers with longer words
  // that happen to be loaded, so the same query would not always have the same answers.
  function rank(query, parts) {
    var words = cut(query, parts.words).map(function (word) { return parts.words.words[word] || [word]; });
    return each(words, parts.pagefind.preload).then(function () {
      return each(words, parts.pagefind.search);
    }).then(function (answers) {
      var pages = new Map();
      answers.forEach(function (searches) { add(pages, searches); });
      return Array.from(pages.values()).sort(function (a, b) { return b.score - a.score; });
    });
  }

  function each(words, ask) {
    return Promise.all(words.map(function (terms) {
      return Promise.all(terms.map(function (term) { return ask(term); }));
    }));
  }

  // One word: a page's best term counts; a word that few pages have counts for more, a page named by it as well.
  function add(pages, searches) {
    var best = new Map();
    searches.forEach(function (search) {
      var top = search.results.length ? search.results[0].score : 1;
      search.results.forEach(function (result) {
        var named = (result.matchedMetaFields || []).length ? NAMED : 0;
        var score = (top ? result.score / top : 0) + named;
        if (!best.has(result.id) || best.get(result.id).score < score) best.set(result.id, { result: result, score: score });
      });
    });
    var rarity = Math.log(1 + 30 / (1 + best.size));
    best.forEach(function (one, id) {
      var page = pages.get(id) || { result: one.result, score: 0 };
      page.score += rarity * one.score;
      pages.set(id, page);
    });
  }

  function show(query, pages, mine) {
    return Promise.all(pages.slice(0, SHOWN).map(function (page) { return page.result.data(); })).then(function (found) {
      if (mine !== latest) return;
      list.textContent = "";
      found.forEach(function (page) { list.appendChild(item(page)); });
      status.textContent = found.length
        ? (zh ? "找到 " + pages.length + " 页" + (pages.length > SHOWN ? "，列出最相关的 " + SHOWN + " 页。" : "。")
              : pages.length + " pages found" + (pages.length > SHOWN ? "; the " + SHOWN + " most relevant are listed." : "."))
        : (zh ? "没有找到“" + query + "”。可以换个说法，或者从下面的栏目里找。"
              : "Nothing found for “" + query + "”. Try other words, or browse the sections below.");
    });
  }

  function item(page) {
    var entry = document.createElement("li");
    var heading = document.createElement("h2");
    heading.appendChild(link(page.url, page.meta.title));
    entry.appendChild(heading);
    var excerpt = document.createElement("p");
    excerpt.innerHTML = page.excerpt;
    entry.appendChild(excerpt);
    var parts = page.sub_results.filter(function (part) {
      return part.url.indexOf("#") > 0 && part.title !== page.meta.title;
    }).slice(0, 2);
    if (parts.length) {
      var more = document.createElement("p");
      parts.forEach(function (part, number) {
        if (number) more.appendChild(document.createTextNode(" · "));
        more.appendChild(link(part.url, part.title));
      });
      entry.appendChild(more);
    }
    return entry;
  }

  function link(address, words) {
    var anchor = document.createElement("a");
    anchor.href = address;
    anchor.textContent = words;
    return anchor;
  }

  function search(query) {
    var mine = ++latest;
    list.textContent = "";
    if (!query) {
      status.textContent = "";
      list.removeAttribute("aria-busy");
      return;
    }
    status.textContent = zh ? "正在搜索……" : "Searching…";
    list.setAttribute("aria-busy", "true");
    load().then(function (parts) { return rank(query, parts); }).then(function (pages) { return show(query, pages, mine); })
      .catch(function () {
        engine = null;
        status.textContent = zh ? "搜索没有成功，可能是网络中断。请再试一次，或者从下面的栏目里找。"
          : "The search failed, perhaps the network was interrupted. Try again, or browse the sections below.";
      })
      .then(function () { if (mine === latest) list.setAttribute("aria-busy", "false"); });
  }

  function asked() {
    return (new URLSearchParams(location.search).get("q") || "").trim();
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var query = input.value.trim();
    history.pushState(null, "", query ? "?q=" + encodeURIComponent(query) : location.pathname);
    search(query);
  });
  window.addEventListener("popstate", function () { input.value = asked(); search(asked()); });
  input.value = asked();
  search(asked());
})();
