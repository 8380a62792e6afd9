import org.verapdf.pdfa.*; import org.verapdf.pdfa.flavours.*; import org.verapdf.pdfa.results.*; import org.verapdf.pdfa.validation.profiles.*;
import org.verapdf.pdfa.validation.validators.*;
import org.w3c.dom.*; import javax.xml.parsers.*;
import java.io.*; import java.util.*;
public class Conformance {
  static String text(Element e, String n) { NodeList l = e.getElementsByTagName(n); return l.getLength() == 0 ? "" : l.item(0).getTextContent(); }
  static ValidationProfile profile(String name) throws Exception {
    Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Conformance.class.getResourceAsStream("/org/verapdf/pdfa/validation/"+name+".xml")).getDocumentElement();
    PDFAFlavour fl = PDFAFlavour.valueOf(root.getAttribute("flavour"));
    Set<Rule> rules = new LinkedHashSet<>(); Set<Variable> vars = new LinkedHashSet<>();
    NodeList rs = root.getElementsByTagName("rule");
    for (int i = 0; i < rs.getLength(); i++) {
      Element r = (Element) rs.item(i), id = (Element) r.getElementsByTagName("id").item(0);
      RuleId rid = Profiles.ruleIdFromValues(PDFAFlavour.Specification.valueOf(id.getAttribute("specification")), id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
      String d = r.getAttribute("deferred");
      rules.add(Profiles.ruleFromValues(rid, r.getAttribute("object"), d.isEmpty() ? null : Boolean.valueOf(d), r.getAttribute("tags"), text(r, "description"), text(r, "test"), Profiles.errorFromValues(text(r, "message"), new ArrayList<>()), new ArrayList<>()));
    }
    NodeList vs = root.getElementsByTagName("variable");
    for (int i = 0; i < vs.getLength(); i++) { Element v = (Element) vs.item(i);
      vars.add(Profiles.variableFromValues(v.getAttribute("name"), v.getAttribute("object"), text(v, "defaultValue"), text(v, "value"))); }
    return Profiles.profileFromValues(fl, Profiles.profileDetailsFromValues(name, name, "", new Date(0)), "", rules, vars);
  }
  public static void main(String[] a) throws Exception {
    java.util.logging.LogManager.getLogManager().reset();
    org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
    int failed = 0;
    for (int i = 1; i < a.length; i++) for (String f : a[0].split(",")) {
      ValidationProfile prof = profile(f);
      try (PDFAParser p = Foundries.defaultInstance().createParser(new File(a[i]), prof.getPDFAFlavour())) {
        ValidationResult r = ValidatorFactory.createValidator(prof, 1000000, false, false, false).validate(p);
        Map<String,Integer> n = new TreeMap<>();
        for (TestAssertion t : r.getTestAssertions()) if (t.getStatus() == TestAssertion.Status.FAILED) {
          String k = t.getRuleId().getClause()+"-"+t.getRuleId().getTestNumber()+" "+t.getMessage();
          n.merge(k, 1, Integer::sum);
          if (n.get(k) == 1) System.out.println("   e.g. "+t.getLocation().getContext());
        }
        System.out.println(a[i]+" "+f+" rules="+prof.getRules().size()+" compliant="+r.isCompliant()+" checks="+r.getTotalAssertions()+" failed="+n);
        if (!r.isCompliant()) failed++;
      }
    }
    System.exit(failed);
  }
}
